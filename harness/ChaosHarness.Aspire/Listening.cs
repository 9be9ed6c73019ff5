using System.Net.Sockets;

namespace ChaosHarness.Aspire;

/// <summary>Whether a process of this machine accepts connections: the health of its resource says so of all replicas together only.</summary>
internal static class Listening
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    public static async Task<bool> AllAsync(IReadOnlyList<int> ports, CancellationToken cancellationToken)
    {
        foreach (var port in ports)
        {
            if (!await AcceptsAsync(port, cancellationToken).ConfigureAwait(false))
            {
                return false;
            }
        }

        return true;
    }

    private static async Task<bool> AcceptsAsync(int port, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("localhost", port, limit.Token).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
