using System.Net.Sockets;
using ChaosHarness.SystemFiles.Sections;

namespace ChaosHarness.SystemFiles.Parts;

/// <summary>Ready when a port accepts connections.</summary>
internal sealed record TcpReadiness(Endpoint Endpoint) : IReadiness
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async ValueTask<string?> WhyNotAsync(CancellationToken cancellationToken)
    {
        using var client = new TcpClient { LingerState = new LingerOption(true, 0) };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            await client.ConnectAsync(Endpoint.Host, Endpoint.Port, limit.Token).ConfigureAwait(false);
            return null;
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return $"{Endpoint} accepts no connection";
        }
    }
}
