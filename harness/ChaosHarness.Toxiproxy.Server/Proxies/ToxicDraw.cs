using System.Text;
using ChaosHarness.Toxiproxy.Server.Streams;
using ChaosHarness.Toxiproxy.Server.Toxics;

namespace ChaosHarness.Toxiproxy.Server.Proxies;

/// <summary>
/// Chance from the server's seed: the n-th connection of a proxy meets a toxic, or does not, the same way in every run with the same seed.
/// A connection's draw for a toxic never changes, so a larger toxicity only adds connections.
/// </summary>
internal readonly struct ToxicDraw
{
    // FNV-1a.
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    private readonly Toxic _toxic;
    private readonly ulong _hash;

    /// <summary>The draw of a toxic on a proxy.</summary>
    /// <param name="seed">The server's seed.</param>
    /// <param name="proxy">The proxy's name.</param>
    /// <param name="toxic">The toxic.</param>
    public ToxicDraw(long seed, string proxy, Toxic toxic)
    {
        _toxic = toxic;
        _hash = Mix(toxic.Name, Mix(proxy, Offset ^ (ulong)seed));
    }

    /// <summary>Whether the toxic acts on a connection.</summary>
    /// <param name="connection">The connection's number.</param>
    /// <returns>Whether it does.</returns>
    public bool Acts(long connection) => Chance.Ratio(Of(connection)) < _toxic.Toxicity;

    /// <summary>Chance for what the toxic does to the connection.</summary>
    /// <param name="connection">The connection's number.</param>
    /// <returns>The source of chance.</returns>
    public Chance ChanceFor(long connection) => new(Of(connection));

    private static ulong Mix(string text, ulong hash)
    {
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            hash = (hash ^ value) * Prime;
        }

        return hash;
    }

    private ulong Of(long connection) => Chance.Spread((_hash ^ (ulong)connection) * Prime);
}
