using System.Net;
using ChaosHarness.Experiments;
using ChaosHarness.Systems;
using Docker.DotNet;
using Docker.DotNet.Models;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;

namespace ChaosHarness.Containers.Engines;

/// <summary>
/// A container engine that speaks Docker's API: Docker's own, or podman's service. It is asked in the version of the API that it has itself, and what it does
/// not answer in time is given up.
/// </summary>
public sealed class ContainerEngine : IDisposable
{
    private readonly DockerClient _client;

    /// <summary>The engine that the command <c>docker</c> would use: by DOCKER_HOST, by the context, or the usual socket; else that of podman or a rootless one.</summary>
    /// <exception cref="NotRunException">The settings of this user name none that can be used; says what to do.</exception>
    public ContainerEngine()
        : this(EngineEndpoint.Default)
    {
    }

    /// <summary>The engine at an address.</summary>
    /// <param name="endpoint">Such as <c>unix:///var/run/docker.sock</c> or <c>tcp://10.0.0.5:2376</c>.</param>
    /// <exception cref="NotRunException">The client does not speak to such an address; says what to do.</exception>
    public ContainerEngine(Uri endpoint)
        : this(() => EngineEndpoint.Of(endpoint ?? throw new ArgumentNullException(nameof(endpoint))))
    {
    }

    private ContainerEngine(Func<DockerClient> connect)
    {
        try
        {
            _client = connect();
        }
        catch (Exception exception) when (exception is not ArgumentException && EngineTrouble.IsOfTheEngine(exception))
        {
            throw new NotRunException(EngineTrouble.Of(exception, new Uri("docker:default"), "choosing a container engine").Message);
        }
    }

    /// <summary>Where it is.</summary>
    public Uri Endpoint => _client.Options.Endpoint;

    /// <summary>How long it may take to answer; what takes longer by itself, such as stopping gently, has that on top.</summary>
    /// <value>Default: 5 seconds.</value>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether the run started it for itself, so that it ends with the run, and nothing can be left on it to undo.</summary>
    /// <value>Default: false.</value>
    public bool IsOwnedByRun { get; init; }

    /// <summary>Whether it is reached on this machine, where the watchdog of a run undoes what a killed run left.</summary>
    public bool IsLocal => Endpoint.Scheme is "unix" or "npipe" || Endpoint.IsLoopback;

    /// <summary>The engine that Testcontainers uses.</summary>
    /// <returns>The engine.</returns>
    /// <exception cref="NotRunException">Testcontainers finds none; says what to do.</exception>
    public static ContainerEngine OfTestcontainers() => TestcontainersSettings.OS.DockerEndpointAuthConfig is { } found
        ? new ContainerEngine(found.Endpoint)
        : throw new NotRunException("Testcontainers finds no container engine. Start one (`systemctl start docker`), or name it by DOCKER_HOST");

    /// <summary>A container, which need not be there yet: it is looked for by each fault.</summary>
    /// <param name="reference">Its name, or its id.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="zone">The zone that it counts to; null for none.</param>
    /// <param name="name">What the component is called; null for the name of the container.</param>
    /// <returns>The component.</returns>
    public ContainerComponent Container(string reference, ComponentKind kind = ComponentKind.Service, string? zone = null, string? name = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reference);
        return new ContainerComponent(this, () => reference, new Component(name ?? reference, kind, zone));
    }

    /// <summary>A container of Testcontainers, on this engine.</summary>
    /// <param name="container">The container, which need not be started yet.</param>
    /// <param name="name">What the component is called; a container of Testcontainers has a name by chance, which would be another in every run.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="zone">The zone that it counts to; null for none.</param>
    /// <returns>The component.</returns>
    public ContainerComponent Container(IContainer container, string name, ComponentKind kind = ComponentKind.Service, string? zone = null)
    {
        ArgumentNullException.ThrowIfNull(container);
        return new ContainerComponent(this, () => container.Id, new Component(name, kind, zone));
    }

    /// <summary>The container that a compose project runs for a service, whatever it is called; looked for by each fault.</summary>
    /// <param name="project">The name of the project; <c>docker compose ls</c> lists them.</param>
    /// <param name="service">The service of its file.</param>
    /// <param name="name">What the component is called; null for the name of the service.</param>
    /// <param name="number">Which of several, from 1; null where there is one: of several nothing is done to any.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="zone">The zone that it counts to; null for none.</param>
    /// <returns>The component.</returns>
    public ContainerComponent ComposeService(string project, string service, string? name = null, int? number = null, ComponentKind kind = ComponentKind.Service, string? zone = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(project);
        ArgumentException.ThrowIfNullOrWhiteSpace(service);
        return new ContainerComponent(this, new ComposeContainer(project, service, number), new Component(name ?? service, kind, zone));
    }

    /// <summary>All containers that run.</summary>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>The containers, by their names.</returns>
    /// <exception cref="NotRunException">The engine does not answer; says what to do.</exception>
    public async Task<IReadOnlyList<RunningContainer>> RunningAsync(CancellationToken cancellationToken = default)
    {
        var found = await ReadyAsync("asking which containers run", (client, token) => client.Containers.ListContainersAsync(new ContainersListParameters(), token), cancellationToken).ConfigureAwait(false);
        return [.. found.Select(RunningContainer.Of).OrderBy(container => container.Name, StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    /// <summary>Looks whether it answers.</summary>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>Its version, and that of its API.</returns>
    /// <exception cref="NotRunException">It does not; says what to do.</exception>
    public async Task<string> VersionAsync(CancellationToken cancellationToken = default)
    {
        var version = await ReadyAsync("asking for its version", (client, token) => client.System.GetVersionAsync(token), cancellationToken).ConfigureAwait(false);
        return $"{version.Version}, API {version.APIVersion}";
    }

    /// <summary>Asks it, with an end to the waiting.</summary>
    /// <exception cref="EngineException">It did not answer, or said no.</exception>
    internal async Task<T> AskAsync<T>(string what, Func<DockerClient, CancellationToken, Task<T>> ask, CancellationToken cancellationToken, TimeSpan lasting = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience + lasting);
        try
        {
            // Whether or not the client listens to its token.
            return await ask(_client, limit.Token).WaitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (EngineTrouble.IsOfTheEngine(exception))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw limit.IsCancellationRequested ? EngineTrouble.TooSlow(Patience + lasting, Endpoint, what) : EngineTrouble.Of(exception, Endpoint, what);
        }
    }

    /// <summary>Asks it for what has no answer.</summary>
    internal Task DoAsync(string what, Func<DockerClient, CancellationToken, Task> act, CancellationToken cancellationToken, TimeSpan lasting = default) => AskAsync(
        what,
        async (client, token) =>
        {
            await act(client, token).ConfigureAwait(false);
            return true;
        },
        cancellationToken,
        lasting);

    /// <summary>Asks it before anything is broken: what it does not answer keeps the experiment from running.</summary>
    /// <exception cref="NotRunException">It did not answer, or said no.</exception>
    internal async Task<T> ReadyAsync<T>(string what, Func<DockerClient, CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync(what, ask, cancellationToken).ConfigureAwait(false);
        }
        catch (EngineException exception)
        {
            throw new NotRunException(exception.Message);
        }
    }

    /// <summary>A container as it is now; null when there is none of that name or id.</summary>
    internal async Task<FoundContainer?> FindAsync(string reference, CancellationToken cancellationToken)
    {
        try
        {
            return new FoundContainer(await AskAsync($"looking at container {reference}", (client, token) => client.Containers.InspectContainerAsync(reference, token), cancellationToken).ConfigureAwait(false));
        }
        catch (EngineException exception) when (exception.InnerException is DockerApiException { StatusCode: HttpStatusCode.NotFound })
        {
            return null;
        }
    }

    /// <summary>A stream that lasts, such as of events: opening it has an end, what comes over it has none.</summary>
    internal async Task<T> OpenAsync<T>(string what, Func<DockerClient, CancellationToken, Task<T>> open, CancellationToken cancellationToken)
    {
        try
        {
            return await open(_client, cancellationToken).WaitAsync(Patience, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw EngineTrouble.TooSlow(Patience, Endpoint, what);
        }
        catch (Exception exception) when (EngineTrouble.IsOfTheEngine(exception))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw EngineTrouble.Of(exception, Endpoint, what);
        }
    }

    /// <summary>Passes on the events of containers until the stream of them ends.</summary>
    /// <param name="since">Seconds of the Unix epoch.</param>
    /// <param name="onEvent">Called for each, in order.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal Task FollowEventsAsync(string since, Action<Message> onEvent, CancellationToken cancellationToken) => _client.System.MonitorEventsAsync(
        new ContainerEventsParameters { Since = since, Filters = new Dictionary<string, IDictionary<string, bool>> { ["type"] = new Dictionary<string, bool> { ["container"] = true } } },
        new Passing<Message>(onEvent),
        cancellationToken);

    // Progress<T> would pass them on out of order.
    private sealed class Passing<T>(Action<T> pass) : IProgress<T>
    {
        public void Report(T value) => pass(value);
    }
}
