using ChaosHarness.Hosts;

namespace ChaosHarness.Tests.Hosts;

/// <summary>What every host has to do, on this machine and over ssh.</summary>
[TestFixture("local")]
[TestFixture("ssh")]
public sealed class HostTests(string kind) : HostContract
{
    private SshServer? _server;
    private IHost _host = null!;

    protected override IHost Host => _host;

    [OneTimeSetUp]
    public void StartHost()
    {
        _server = kind == "ssh" ? SshServer.Start() : null;
        _host = _server is null ? new LocalHost() : _server.Host;
    }

    [OneTimeTearDown]
    public async Task EndHostAsync()
    {
        if (_host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }

        _server?.Dispose();
    }
}
