namespace ChaosHarness.Toxiproxy.Server.Streams;

/// <summary>
/// Chance that is the same for the same seed on every machine, and small: ten thousand connections have one for each toxic. The generator is SplitMix64.
/// </summary>
/// <param name="seed">What it depends on.</param>
internal sealed class Chance(ulong seed)
{
    private const ulong Step = 0x9e3779b97f4a7c15;
    private ulong _state = seed;

    /// <summary>Spreads a number over all of its bits.</summary>
    public static ulong Spread(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
        value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
        return value ^ (value >> 31);
    }

    /// <summary>A number from 0 to below 1, of 53 bits.</summary>
    public static double Ratio(ulong spread) => (spread >> 11) * (1.0 / (1UL << 53));

    /// <summary>The next number from 0 to below 1.</summary>
    public double Next()
    {
        _state += Step;
        return Ratio(Spread(_state));
    }

    /// <summary>The next whole number from <paramref name="from"/> to below <paramref name="to"/>.</summary>
    public double Between(double from, double to) => Math.Floor(from + (Next() * (to - from)));
}
