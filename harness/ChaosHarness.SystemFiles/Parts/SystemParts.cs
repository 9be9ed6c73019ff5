using System.Globalization;
using ChaosHarness.Containers;
using ChaosHarness.Containers.Signals;
using ChaosHarness.SteadyState;
using ChaosHarness.Sweeps;
using ChaosHarness.SystemFiles.Plans;
using ChaosHarness.SystemFiles.Traffic;
using ChaosHarness.Systems;
using ChaosHarness.Timing;
using ChaosHarness.Toxiproxy;
using ChaosHarness.Workloads;

namespace ChaosHarness.SystemFiles.Parts;

/// <summary>Everything that a plan is made into. Making it connects to nothing and starts nothing.</summary>
internal sealed class SystemParts : IAsyncDisposable
{
    // What a link of a proxy that does not run yet would ask: nobody answers there.
    private static readonly Uri Nowhere = new("http://127.0.0.1:9");

    // Nor there, and choosing the engine of this user could fail before anybody needs it.
    private static readonly Uri NoEngine = new("tcp://127.0.0.1:9");
    private readonly List<IAsyncDisposable> _held = [];
    private readonly Dictionary<Uri, Connection> _servers = [];
    private readonly Surroundings _around;

    private SystemParts(SystemPlan plan, Uri? proxies, bool hasTraffic)
    {
        _around = new Surroundings(plan);
        Components = [.. plan.Components.Select(component => ComponentPart.Of(component, _around))];
        var links = plan.Links.Select(link => LinkPart.Of(link, Client(link.Server ?? proxies ?? Nowhere))).ToList();
        Swept = new SweptSystem(UnderTest(plan))
        {
            Components = [.. Components.Select(component => component.Swept)],
            Links = links,
            Workloads = [.. (hasTraffic ? plan.Writes : []).Select(Writes)],
            Probes = [.. plan.Probes.Select(probe => ProbePart.Of(probe, _around))],
            SteadyState = Conditions(plan),
            SteadyFor = Exact(plan.SteadyFor),
            Objectives = plan.Objectives,
            Delay = Exact(plan.Delay),
            Length = Exact(plan.Length),
        };
    }

    public IReadOnlyList<ComponentPart> Components { get; }

    public SweptSystem Swept { get; }

    /// <summary>Makes the parts of a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="proxies">Where the proxies are that the harness runs; null where none do.</param>
    public static SystemParts Of(SystemPlan plan, Uri? proxies) => new(plan, proxies, hasTraffic: true);

    /// <summary>What can be done to a system, by which nobody sends anything to it.</summary>
    public static SweptSystem Unused(SystemPlan plan) => new SystemParts(plan with { Engine = NoEngine }, null, hasTraffic: false).Swept;

    /// <summary>A client of a Toxiproxy server.</summary>
    public Client Client(Uri server)
    {
        if (!_servers.TryGetValue(server, out var connection))
        {
            _servers[server] = connection = new Connection(server);
        }

        return connection.Client();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var held in _held)
        {
            await held.DisposeAsync().ConfigureAwait(false);
        }

        foreach (var connection in _servers.Values)
        {
            connection.Dispose();
        }

        await _around.DisposeAsync().ConfigureAwait(false);
    }

    private Workload Writes(TrafficPlan plan)
    {
        var (workload, held) = WritesPart.Of(plan);
        _held.AddRange(held);
        return workload;
    }

    private SystemUnderTest UnderTest(SystemPlan plan) => new(plan.Name)
    {
        Environment = plan.Environment,
        Reach = plan.Reach,
        Topology = "file",
        Components = [.. plan.Components.Select(component => component.Component), .. plan.Links.Select(link => new Component(link.Name, ComponentKind.Link))],
        Signals = Containers is { Count: > 0 } containers ? [new ContainerEvents(_around.Engine, containers)] : [],
        Logs = [.. Components.Select(component => component.Owned?.Log ?? component.Container?.Log).OfType<ILogSource>()],
    };

    private IReadOnlyList<ContainerComponent> Containers => [.. Components.Select(component => component.Container).OfType<ContainerComponent>()];

    private static List<SteadyStateCondition> Conditions(SystemPlan plan)
    {
        var conditions = new List<SteadyStateCondition> { new SuccessRate(plan.SteadySource).AtLeast(plan.Success) };
        if (plan.Latency is { } latency)
        {
            conditions.Add(new Latency(plan.SteadySource).Percentile(latency.Percentile).AtMost(Exact(latency.Limit)));
        }

        return conditions;
    }

    // As it is read by others, and so to the last digit.
    private static string Exact(TimeSpan time) => DurationText.Format(time) is var text && DurationText.TryParse(text, out var same) && same == time ? text : string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.####}ms");
}
