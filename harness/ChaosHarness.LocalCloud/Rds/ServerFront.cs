using System.Net;
using ChaosHarness.LocalCloud.Networking;

namespace ChaosHarness.LocalCloud.Rds;

/// <summary>
/// The address of one server's host. It stays with the host: when that is lost, whoever is connected hears nothing more, and whoever connects
/// neither, until a name leads elsewhere and somebody asks for it again.
/// </summary>
internal sealed class ServerFront : IDisposable
{
    private readonly Forwarder _forwarder;
    private volatile bool _isRestarting;

    /// <param name="network">What decides who reaches whom.</param>
    /// <param name="subnet">Where the host is.</param>
    /// <param name="port">The port of the database.</param>
    /// <param name="leadsTo">The port on the loopback of the server, while it takes clients; 0 when it does not.</param>
    public ServerFront(CloudNetwork network, Subnet subnet, int port, Func<int> leadsTo)
    {
        Address = IPAddress.Parse(network.NextAddress(subnet));
        _forwarder = new Forwarder(network.Connectivity, new IPEndPoint(Address, port), leadsTo, () => subnet, isGone: () => !_isRestarting && leadsTo() == 0);
    }

    public IPAddress Address { get; }

    /// <summary>Does what ends the server and not its host, which tells all who are connected.</summary>
    public async Task RestartAsync(Func<Task> work)
    {
        _isRestarting = true;
        try
        {
            await work();
        }
        finally
        {
            _isRestarting = false;
        }
    }

    public void Dispose() => _forwarder.Dispose();
}
