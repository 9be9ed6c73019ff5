namespace ChaosHarness.Allure.Charts;

/// <summary>Where a latency stands on the chart: powers of ten, wide enough for all that is drawn.</summary>
internal sealed class LogScale
{
    private readonly double _top;
    private readonly double _bottom;
    private readonly int _lowest;
    private readonly int _highest;

    public LogScale(IEnumerable<TimeSpan> latencies, double top, double bottom)
    {
        var logs = latencies.Select(Log).DefaultIfEmpty(-2).ToList();
        _top = top;
        _bottom = bottom;
        _lowest = (int)Math.Floor(logs.Min());
        _highest = Math.Max((int)Math.Ceiling(logs.Max()), _lowest + 1);
    }

    public IEnumerable<TimeSpan> Ticks => Enumerable.Range(_lowest, _highest - _lowest + 1).Select(power => TimeSpan.FromSeconds(Math.Pow(10, power)));

    public double Y(TimeSpan latency) => _bottom - ((Math.Clamp(Log(latency), _lowest, _highest) - _lowest) / (_highest - _lowest) * (_bottom - _top));

    private static double Log(TimeSpan latency) => Math.Log10(Math.Clamp(latency.TotalSeconds, 1e-5, 1e6));
}
