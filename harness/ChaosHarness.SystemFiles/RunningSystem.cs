using System.Globalization;
using ChaosHarness.Experiments;
using ChaosHarness.Processes;
using ChaosHarness.Sweeps;
using ChaosHarness.SystemFiles.Parts;
using ChaosHarness.SystemFiles.Plans;
using ChaosHarness.Toxiproxy;
using ChaosHarness.Toxiproxy.Server;

namespace ChaosHarness.SystemFiles;

/// <summary>A system of a file, with what the harness runs of it. Whoever has it disposes of it; should the process be killed, what it runs ends with it.</summary>
public sealed class RunningSystem : IAsyncDisposable
{
    private readonly SystemParts _parts;
    private readonly ToxiproxyProcess? _proxies;

    private RunningSystem(SystemParts parts, ToxiproxyProcess? proxies)
    {
        _parts = parts;
        _proxies = proxies;
    }

    /// <summary>The system as generic experiments see it.</summary>
    public SweptSystem System => _parts.Swept;

    /// <summary>Begins the experiment of a case; a test may add to it.</summary>
    /// <param name="one">One of the file's cases.</param>
    /// <returns>The experiment, not yet built.</returns>
    public ExperimentBuilder Experiment(SweepCase one) => System.Experiment(one);

    internal static async Task<RunningSystem> StartAsync(SystemPlan plan, CancellationToken cancellationToken)
    {
        var proxies = plan.NeedsProxies ? await ToxiproxyProcess.StartAsync(cancellationToken: cancellationToken).ConfigureAwait(false) : null;
        var running = new RunningSystem(await PartsAsync(plan, proxies).ConfigureAwait(false), proxies);
        try
        {
            await running.StartPartsAsync(plan, cancellationToken).ConfigureAwait(false);
            return running;
        }
        catch (Exception exception) when (exception is TopologyFailedException or ToxiProxiException)
        {
            await running.DisposeAsync().ConfigureAwait(false);
            throw new NotRunException($"{plan.Name} could not be started: {exception.Message}");
        }
        catch
        {
            await running.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    // An engine that the settings of this user do not name is told before anything of the system is started.
    private static async Task<SystemParts> PartsAsync(SystemPlan plan, ToxiproxyProcess? proxies)
    {
        try
        {
            return SystemParts.Of(plan, proxies?.Url);
        }
        catch
        {
            if (proxies is not null)
            {
                await proxies.DisposeAsync().ConfigureAwait(false);
            }

            throw;
        }
    }

    /// <summary>Ends what the harness runs of it, the last started first.</summary>
    /// <returns>When it has ended.</returns>
    public async ValueTask DisposeAsync()
    {
        foreach (var component in _parts.Components.Reverse())
        {
            if (component.Owned is { } owned)
            {
                await owned.DisposeAsync().ConfigureAwait(false);
            }
        }

        await _parts.DisposeAsync().ConfigureAwait(false);
        if (_proxies is not null)
        {
            await _proxies.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task StartPartsAsync(SystemPlan plan, CancellationToken cancellationToken)
    {
        foreach (var link in plan.Links.Where(link => link.IsEmbedded))
        {
            var (listen, upstream) = link.Embedded!.Value;
            await _parts.Client(_proxies!.Url).AddAsync(new Proxy { Name = link.Proxy, Listen = listen.ToString(), Upstream = upstream.ToString() }, cancellationToken).ConfigureAwait(false);
        }

        foreach (var owned in _parts.Components.Select(component => component.Owned).OfType<OwnedProcess>())
        {
            if (!OperatingSystem.IsLinux())
            {
                throw new ImpossibleException(string.Create(CultureInfo.InvariantCulture, $"{owned.Component.Name} is run by the harness, which needs Linux: start it by other means, and name its pid-file, process or commands instead of run."));
            }

            await owned.StartAsync().ConfigureAwait(false);
            await owned.ReadyAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
