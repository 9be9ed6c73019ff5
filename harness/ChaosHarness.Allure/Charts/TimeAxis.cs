namespace ChaosHarness.Allure.Charts;

/// <summary>Where a time stands on the chart.</summary>
internal readonly record struct TimeAxis(TimeSpan Start, TimeSpan End, double Left, double Right)
{
    private static readonly double[] Steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600];

    /// <summary>Round times, at most a dozen.</summary>
    public IEnumerable<TimeSpan> Ticks
    {
        get
        {
            var (start, end) = (Start, End);
            var seconds = (end - start).TotalSeconds;
            var step = Steps.FirstOrDefault(candidate => seconds / candidate <= 12, seconds / 12);
            return Enumerable.Range(0, (int)(seconds / step) + 1).Select(i => start + TimeSpan.FromSeconds(i * step));
        }
    }

    public double X(TimeSpan at) => Left + ((Right - Left) * Math.Clamp((at - Start) / (End - Start), 0, 1));
}
