using ChaosHarness.Timing;

namespace ChaosHarness.Allure.Charts;

/// <summary>Where a time stands on the chart. Times are read from its zero, which is the injection where there was one.</summary>
internal readonly record struct TimeAxis(TimeSpan Zero, TimeSpan End, double Left, double Right)
{
    private const int MostTicks = 12;
    private static readonly double[] Steps = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21600, 86400];

    /// <summary>Round times before and after the zero, at most a dozen.</summary>
    public IEnumerable<TimeSpan> Ticks
    {
        get
        {
            var (zero, end) = (Zero.TotalSeconds, End.TotalSeconds);
            var step = Steps.FirstOrDefault(candidate => end / candidate <= MostTicks, end / MostTicks);
            var first = (int)Math.Ceiling(-zero / step);
            return Enumerable.Range(first, Math.Max((int)Math.Floor((end - zero) / step) - first + 1, 0)).Select(i => TimeSpan.FromSeconds(zero + (i * step)));
        }
    }

    public double X(TimeSpan at) => Left + ((Right - Left) * Math.Clamp(at / End, 0, 1));

    /// <summary>A time as it is read from the zero: <c>+2.3s</c>.</summary>
    public string Read(TimeSpan at) => (at - Zero) switch
    {
        var zero when zero.Duration() < TimeSpan.FromMicroseconds(1) => "0",
        { Ticks: < 0 } before => "\u2212" + DurationText.Format(before.Negate()),
        var after => "+" + DurationText.Format(after),
    };
}
