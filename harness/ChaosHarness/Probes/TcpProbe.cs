using System.Globalization;
using System.Net.Sockets;
using ChaosHarness.Systems;

namespace ChaosHarness.Probes;

/// <summary>Opens a TCP connection and closes it again; a connection made is good.</summary>
/// <param name="Name">What the signal is called in records.</param>
/// <param name="Host">A host name or address.</param>
/// <param name="Port">1 to 65535.</param>
public sealed record TcpProbe(string Name, string Host, int Port) : Probe(Name)
{
    /// <inheritdoc/>
    public override ProbeSight? Sight => new(Host, Port);

    /// <inheritdoc/>
    public override async ValueTask<ProbeSample> SampleAsync(CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        // A reset instead of a FIN leaves no TIME_WAIT behind: at hundreds of probes a second those would use up the ports.
        client.LingerState = new LingerOption(true, 0);
        await client.ConnectAsync(Host, Port, cancellationToken).ConfigureAwait(false);
        return ProbeSample.Good;
    }

    internal override string? Address => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");

    internal override IEnumerable<string> Mistakes()
    {
        var mistakes = base.Mistakes();
        return Port is > 0 and <= 65535 ? mistakes : mistakes.Append($"Probe '{Name}': Port must be 1 to 65535, not {Port}.");
    }
}
