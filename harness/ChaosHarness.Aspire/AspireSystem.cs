using Aspire.Hosting;
using ChaosHarness.Aspire.Links;
using ChaosHarness.Aspire.Signals;
using ChaosHarness.Sweeps;
using ChaosHarness.Systems;
using ChaosHarness.Toxiproxy.Faults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ChaosHarness.Aspire;

/// <summary>
/// An Aspire application as the system under test: its projects, executables and containers, each replica a component of its own. What Aspire sees of
/// them are signals, what they write is in the report, and the links between them can be cut and slowed where the application was built with
/// <see cref="ChaosBuilderExtensions.AddChaos"/>.
/// </summary>
public sealed class AspireSystem : IAsyncDisposable
{
    private static int _count;
    private readonly DistributedApplication _application;
    private readonly string _name;
    private readonly string _instance = Interlocked.Increment(ref _count).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private AspireSystem(DistributedApplication application, string name, IReadOnlyList<AspireResource> resources)
    {
        _application = application;
        _name = name;
        Resources = resources;
    }

    /// <summary>What runs: projects, executables and containers that the application started, that it does not hide, and that were not done already.</summary>
    public IReadOnlyList<AspireResource> Resources { get; }

    /// <summary>The links between resources so far: one comes to be when the resource that it begins at is started.</summary>
    public IReadOnlyList<NetworkLink> Links => _application.Services.GetService<ChaosLinks>()?.All ?? [];

    /// <summary>The system, as experiments take it. It is owned by this process, and its environment is <c>local</c>.</summary>
    public SystemUnderTest UnderTest => new(_name)
    {
        Environment = "local",
        Topology = "aspire",
        Reach = SystemReach.Owned,
        Instance = _instance,
        Components =
        [
            .. Replicas.Select(replica => replica.Component),
            .. Links.Select(link => new Component(link.Name, ComponentKind.Link)),
        ],
        Signals = [new ReplicaSignals(_application.ResourceNotifications, Replicas)],
        Logs = [.. Replicas.Select(replica => replica.Log)],
    };

    /// <summary>The system for generic experiments; what its users do and what normal is are added with <c>with</c>.</summary>
    public SweptSystem Swept => new(UnderTest)
    {
        Components = [.. Replicas.Select(replica => replica.Swept)],
        Links = [.. Links.Select(link => new SweptLink(link.Name)
        {
            Cut = link.Partition(),
            Slow = delay => link.Latency(delay, direction: LinkDirection.Both),
        })],
    };

    private IReadOnlyList<AspireReplica> Replicas => [.. Resources.SelectMany(resource => resource.Replicas)];

    /// <summary>An application that was started.</summary>
    /// <param name="application">The application; it ends when the system is disposed of.</param>
    /// <param name="options">What it is called and what its resources are; null for the defaults.</param>
    /// <returns>The system.</returns>
    /// <exception cref="InvalidOperationException">The application was not started, or runs nothing.</exception>
    public static AspireSystem Of(DistributedApplication application, AspireSystemOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(application);
        var how = options ?? new AspireSystemOptions();
        var name = how.Name ?? application.Services.GetRequiredService<IHostEnvironment>().ApplicationName;
        var resources = StartedResources.Of(application, how);
        return resources.Count > 0
            ? new AspireSystem(application, name, resources)
            : throw new InvalidOperationException($"Nothing of {name} runs that could be broken: start the application first, with `await app.StartAsync()`, and give it a project, an executable or a container.");
    }

    /// <summary>A resource by the name that the application gave it.</summary>
    /// <param name="name">Such as <c>api</c>.</param>
    /// <returns>The resource.</returns>
    /// <exception cref="ArgumentException">There is none of that name; the message says which there are.</exception>
    public AspireResource Resource(string name) => Resources.FirstOrDefault(resource => resource.Name == name)
        ?? throw new ArgumentException($"{_name} runs no resource '{name}'. It runs: {Words(Resources.Select(resource => resource.Name))}.", nameof(name));

    /// <summary>A replica by the name of its component, or by the name of its instance.</summary>
    /// <param name="name">Such as <c>api-2</c>; the name of the resource where it has one replica.</param>
    /// <returns>The replica.</returns>
    /// <exception cref="ArgumentException">There is none of that name; the message says which there are.</exception>
    public AspireReplica Replica(string name) => Replicas.FirstOrDefault(replica => replica.Component.Name == name || replica.Id == name)
        ?? throw new ArgumentException($"{_name} has no replica '{name}'. It has: {Words(Replicas.Select(replica => replica.Component.Name))}.", nameof(name));

    /// <summary>The link over which a resource reaches another: all replicas of the one, and all of their endpoints that it refers to.</summary>
    /// <param name="from">The resource that connects, such as <c>web</c>.</param>
    /// <param name="to">The resource that has the endpoint, such as <c>api</c>; of a database, its server.</param>
    /// <returns>The link.</returns>
    /// <exception cref="ArgumentException">There is no such link; the message says which there are.</exception>
    /// <exception cref="InvalidOperationException">The application was built without <see cref="ChaosBuilderExtensions.AddChaos"/>.</exception>
    public NetworkLink Link(string from, string to)
    {
        if (_application.Services.GetService<ChaosLinks>() is null)
        {
            throw new InvalidOperationException($"The links of {_name} go past every proxy: call `builder.AddChaos()` before `builder.BuildAsync()`.");
        }

        return Links.FirstOrDefault(link => link.Name == ChaosLinks.NameOf(from, to))
            ?? throw new ArgumentException($"{_name} has no link from '{from}' to '{to}'. It has: {Words(Links.Select(link => link.Name))}. A link comes to be when the resource that it begins at is started, by what its environment and its arguments refer to; containers are reached, but begin none.", nameof(to));
    }

    /// <summary>Ends the application, and everything that it started.</summary>
    /// <returns>When it has ended.</returns>
    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static string Words(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));
}
