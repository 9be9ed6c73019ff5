namespace ChaosHarness.Benchmarks.Recovery.Simulation;

/// <summary>How long undisturbed requests take: a shape around a median, never as long as the limit.</summary>
internal sealed class ServiceTime(Random random, double median, double limit)
{
    private readonly int _shape = random.Next(5);

    public double Next()
    {
        var time = median * _shape switch
        {
            0 => 0.98 + (0.04 * random.NextDouble()),
            1 => -Math.Log(1 - random.NextDouble()) / Math.Log(2),
            2 => Math.Exp(0.5 * Normal()),
            3 => Math.Exp(Normal()),
            _ => Math.Pow(1 - random.NextDouble(), -0.5) / Math.Sqrt(2),
        };
        return time < limit ? time : limit * random.NextDouble();
    }

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
