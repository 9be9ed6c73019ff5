using ChaosHarness.Hosts;

namespace ChaosHarness.Tests.Hosts;

/// <summary>A host that is this machine, as it is or over ssh.</summary>
[Platform("Linux")]
public abstract class HostFixture(string kind)
{
    protected IHost Host { get; private set; } = null!;

    private protected SshServer? Server { get; private set; }

    [OneTimeSetUp]
    public void StartHost()
    {
        Server = kind == "ssh" ? SshServer.Start() : null;
        Host = Server is null ? new LocalHost() : Server.Host;
    }

    [OneTimeTearDown]
    public async Task EndHostAsync()
    {
        if (Host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }

        Server?.Dispose();
    }
}
