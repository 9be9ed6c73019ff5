using System.Text;
using ChaosHarness.Toxiproxy.Server.Toxics;

namespace ChaosHarness.Toxiproxy.Server.Proxies;

/// <summary>
/// Chance from the server's seed: the n-th connection of a proxy meets a toxic, or does not, the same way in every run with the same seed.
/// A connection's draw for a toxic never changes, so a larger toxicity only adds connections.
/// </summary>
/// <param name="seed">The server's seed.</param>
/// <param name="proxy">The proxy's name.</param>
internal sealed class ToxicDraw(long seed, string proxy)
{
    // FNV-1a and the finisher of SplitMix64: small, well spread, and the same on every machine.
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    private readonly ulong _start = Mix(Encoding.UTF8.GetBytes(proxy), Offset ^ (ulong)seed);

    /// <summary>Whether a toxic acts on a connection.</summary>
    /// <param name="toxic">The toxic.</param>
    /// <param name="connection">The connection's number.</param>
    /// <returns>Whether it does.</returns>
    public bool Acts(Toxic toxic, long connection) => (Finish(Of(toxic, connection)) >> 11) * (1.0 / (1UL << 53)) < toxic.Toxicity;

    /// <summary>Chance for what the toxic does to the connection.</summary>
    /// <param name="toxic">The toxic.</param>
    /// <param name="connection">The connection's number.</param>
    /// <returns>The source of chance.</returns>
    public Random Chance(Toxic toxic, long connection) => new((int)Finish(Of(toxic, connection) + 1));

    private static ulong Mix(ReadOnlySpan<byte> bytes, ulong hash)
    {
        foreach (var value in bytes)
        {
            hash = (hash ^ value) * Prime;
        }

        return hash;
    }

    private static ulong Finish(ulong hash)
    {
        hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9;
        hash = (hash ^ (hash >> 27)) * 0x94d049bb133111eb;
        return hash ^ (hash >> 31);
    }

    private ulong Of(Toxic toxic, long connection) =>
        Mix(BitConverter.GetBytes(connection), Mix(Encoding.UTF8.GetBytes(toxic.Name), _start));
}
