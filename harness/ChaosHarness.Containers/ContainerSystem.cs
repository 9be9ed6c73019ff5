using ChaosHarness.Containers.Engines;
using ChaosHarness.Containers.Faults;
using ChaosHarness.Containers.Signals;
using ChaosHarness.Experiments;
using ChaosHarness.Sweeps;
using ChaosHarness.Systems;
using Docker.DotNet.Models;

namespace ChaosHarness.Containers;

/// <summary>Containers that make up a system together.</summary>
/// <param name="Name">What the system is called.</param>
/// <param name="Engine">The engine that they run on.</param>
/// <param name="Containers">The containers, each with a name of its own.</param>
public sealed record ContainerSystem(string Name, ContainerEngine Engine, IReadOnlyList<ContainerComponent> Containers)
{
    /// <summary>Where it runs, such as <c>staging</c>; the safety policy decides which environments may be broken.</summary>
    /// <value>Default: null, nobody knows; such a system may not be broken.</value>
    public string? Environment { get; init; }

    /// <summary>The system as experiments see it: its components, what the engine tells of them, what they log. Add to it what else there is.</summary>
    public SystemUnderTest UnderTest => new(Name)
    {
        Environment = Environment,
        Reach = Engine.IsLocal ? SystemReach.Machine : SystemReach.Shared,
        Topology = "containers",
        Components = [.. Containers.Select(container => container.Component)],
        Signals = [new ContainerEvents(Engine, Containers)],
        Logs = [.. Containers.Select(container => container.Log)],
    };

    /// <summary>The system as generic experiments see it; workloads, probes and what normal is are the team's to add, and links where there is a proxy.</summary>
    public SweptSystem Swept => new(UnderTest)
    {
        Components = [.. Containers.Select(container => new SweptComponent(container.Component) { Crash = container.Crash(), Stop = container.Stop(), Freeze = container.Freeze() })],
    };

    /// <summary>One of its containers.</summary>
    /// <param name="name">The name of the component, such as <c>web</c>, or <c>web-2</c> of several.</param>
    /// <returns>The container.</returns>
    /// <exception cref="ArgumentException">There is none of that name; the message says which there are.</exception>
    public ContainerComponent this[string name] => Containers.FirstOrDefault(container => container.Component.Name == name)
        ?? throw new ArgumentException($"{Name} has no container '{name}'. It has: {string.Join(", ", Containers.Select(container => $"'{container.Component.Name}'"))}.", nameof(name));

    /// <summary>A compose project that is up: every container that runs, by its service; <c>web-1</c> and <c>web-2</c> where a service has several.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="project">The name of the project; <c>docker compose ls</c> lists them.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>The system.</returns>
    /// <exception cref="NotRunException">Nothing of it runs, two projects share the name, or the engine does not answer; says what to do.</exception>
    public static async Task<ContainerSystem> OfComposeAsync(ContainerEngine engine, string project, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(project);
        var found = await ListAsync(engine, $"{ContainerLabels.Project}={project}", cancellationToken).ConfigureAwait(false);
        string[] folders = [.. found.Select(container => Label(container, ContainerLabels.Folder)).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        if (folders.Length > 1)
        {
            throw new NotRunException($"{folders.Length} compose projects are called '{project}' on {engine.Endpoint}: of {string.Join(" and ", folders)}. Give one of them another name, by `name:` in its file or `--project-name`");
        }

        var parts = found.Where(container => !string.Equals(Label(container, ContainerLabels.OneOff), "true", StringComparison.OrdinalIgnoreCase)).ToList();
        return parts.Count == 0
            ? throw new NotRunException($"nothing of a compose project '{project}' runs on {engine.Endpoint}. Bring it up first, `docker compose up -d --wait`; `docker compose ls` lists the projects that run")
            : new ContainerSystem(project, engine, Named(engine, parts, container => Label(container, ContainerLabels.Service), container => Label(container, ContainerLabels.Number)));
    }

    /// <summary>All containers that run and have a label, by their names.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="name">What the system is called.</param>
    /// <param name="label">The label, such as <c>system=shop</c>, or its name alone.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>The system.</returns>
    /// <exception cref="NotRunException">None runs, or the engine does not answer; says what to do.</exception>
    public static async Task<ContainerSystem> OfLabelAsync(ContainerEngine engine, string name, string label, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(label);
        var found = await ListAsync(engine, label, cancellationToken).ConfigureAwait(false);
        return found.Count == 0
            ? throw new NotRunException($"no container with the label '{label}' runs on {engine.Endpoint}. Start them first, or name another label")
            : new ContainerSystem(name, engine, Named(engine, found, _ => null, _ => null));
    }

    private static async Task<IList<ContainerListResponse>> ListAsync(ContainerEngine engine, string label, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(engine);
        var parameters = new ContainersListParameters { Filters = new Dictionary<string, IDictionary<string, bool>> { ["label"] = new Dictionary<string, bool> { [label] = true } } };
        return await engine.ReadyAsync("looking for containers", (client, token) => client.Containers.ListContainersAsync(parameters, token), cancellationToken).ConfigureAwait(false);
    }

    private static IReadOnlyList<ContainerComponent> Named(ContainerEngine engine, IList<ContainerListResponse> found, Func<ContainerListResponse, string?> service, Func<ContainerListResponse, string?> number)
    {
        var several = found.GroupBy(container => service(container) ?? NameOf(container)).Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. found.Select(container => (Container: container, Service: service(container) ?? NameOf(container)))
                .Select(entry => (entry.Container, Name: several.Contains(entry.Service) ? $"{entry.Service}-{number(entry.Container) ?? NameOf(entry.Container)}" : entry.Service))
                .OrderBy(entry => entry.Name, StringComparer.Ordinal)
                .Select(entry => new ContainerComponent(engine, () => NameOf(entry.Container), new Component(entry.Name, KindOf(entry.Container), Label(entry.Container, ContainerLabels.Zone)))),
        ];
    }

    private static string NameOf(ContainerListResponse container) => container.Names is [{ Length: > 1 } name, ..] ? name.TrimStart('/') : container.ID;

    private static ComponentKind KindOf(ContainerListResponse container) => Enum.TryParse<ComponentKind>(Label(container, ContainerLabels.Kind), ignoreCase: true, out var kind) && Enum.IsDefined(kind) ? kind : ComponentKind.Service;

    private static string? Label(ContainerListResponse container, string label) => container.Labels?.TryGetValue(label, out var value) == true && value.Length > 0 ? value : null;
}
