using ChaosHarness.Containers.Engines;
using ChaosHarness.Containers.Hosts;
using ChaosHarness.Hosts;
using ChaosHarness.SystemFiles.Plans;
using ChaosHarness.SystemFiles.Sections;

namespace ChaosHarness.SystemFiles.Parts;

/// <summary>What parts of a file are reached by: hosts, and the engine of containers. Each is made once, when it is first needed; making it connects to nothing.</summary>
internal sealed class Surroundings(SystemPlan plan) : IAsyncDisposable
{
    private readonly Dictionary<HostReference, IHost> _hosts = [];
    private ContainerEngine? _engine;

    /// <summary>The folder that paths are meant from.</summary>
    public string Folder => plan.Folder;

    /// <summary>The engine of its containers.</summary>
    /// <exception cref="Experiments.NotRunException">The settings of this user name none that can be used; says what to do.</exception>
    public ContainerEngine Engine => _engine ??= plan.Engine is { } endpoint ? new ContainerEngine(endpoint) : new ContainerEngine();

    /// <summary>A host; null for this machine.</summary>
    public IHost? Host(HostReference? reference)
    {
        if (reference is null or { IsThisMachine: true })
        {
            return null;
        }

        if (!_hosts.TryGetValue(reference, out var host))
        {
            _hosts[reference] = host = reference.Kind == HostReferenceKind.Ssh
                ? new SshHost(reference.Name, new SshOptions { User = reference.User, Port = reference.Port, ConfigFile = plan.SshConfig })
                : new ContainerHost(Engine, reference.Name);
        }

        return host;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts.Values.OfType<IAsyncDisposable>())
        {
            await host.DisposeAsync().ConfigureAwait(false);
        }

        _engine?.Dispose();
    }
}
