using ChaosHarness.Containers.Engines;
using ChaosHarness.Hosts;
using ChaosHarness.Safety;
using ChaosHarness.Timing;

namespace ChaosHarness.Containers.Hosts;

/// <summary>
/// The inside of a container, by the API of its engine: commands run beside what runs there already, and end with the container. It needs a Unix shell
/// in its image, and has to run and not be frozen. Found by its name anew for each command, so that one that was replaced is the same host.
/// </summary>
public sealed class ContainerHost : IHost, IAsyncDisposable
{
    /// <summary>The kind of its address.</summary>
    public const string Kind = "container";

    private const string EngineParameter = "engine";
    private const string ContainerParameter = "container";
    private const string UserParameter = "user";
    private readonly ContainerEngine _engine;
    private readonly bool _isEngineOurs;

    /// <summary>A container on an engine, which stays whoever's it is.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="container">Its name, or its id; it need not be there yet.</param>
    public ContainerHost(ContainerEngine engine, string container)
        : this(engine, container, isEngineOurs: false)
    {
    }

    private ContainerHost(ContainerEngine engine, string container, bool isEngineOurs)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentException.ThrowIfNullOrWhiteSpace(container);
        (_engine, Container, _isEngineOurs) = (engine, container, isEngineOurs);
    }

    /// <summary>The name or id of the container.</summary>
    public string Container { get; }

    /// <summary>Whom commands run as, such as <c>postgres</c> or <c>70:70</c>.</summary>
    /// <value>Default: null, the user of the container.</value>
    public string? User { get; init; }

    /// <inheritdoc/>
    public string Name => Container;

    /// <inheritdoc/>
    public HostAddress Address => new(Kind, new Dictionary<string, string>(
    [
        new(EngineParameter, _engine.Endpoint.OriginalString), new(ContainerParameter, Container), .. User is { } user ? [new(UserParameter, user)] : Array.Empty<KeyValuePair<string, string>>(),
    ]));

    /// <summary>The host at an address.</summary>
    /// <param name="address">What <see cref="Address"/> was.</param>
    /// <returns>The host, which has to be disposed of: its connection to the engine is its own.</returns>
    /// <exception cref="ArgumentException">It is an address of another kind, or names no container.</exception>
    /// <exception cref="Experiments.NotRunException">The client does not speak to such an engine; says what to do.</exception>
    public static ContainerHost At(HostAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.Kind == Kind && address.Parameters.TryGetValue(EngineParameter, out var engine) && address.Parameters.TryGetValue(ContainerParameter, out var container)
            ? new ContainerHost(new ContainerEngine(new Uri(engine)), container, isEngineOurs: true) { User = address.Parameters.GetValueOrDefault(UserParameter) }
            : throw new ArgumentException($"An address of kind '{address.Kind}' leads to no container: kind '{Kind}' with {EngineParameter} and {ContainerParameter} is needed.", nameof(address));
    }

    /// <inheritdoc/>
    public async ValueTask<CommandResult> RunAsync(HostCommand command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (command.Mistake is { } mistake)
        {
            throw new ArgumentException($"A command for {Name}: {mistake}.", nameof(command));
        }

        try
        {
            using var running = await ContainerCommand.StartAsync(_engine, Container, User, command, cancellationToken).ConfigureAwait(false);
            return await EndedAsync(running, command, cancellationToken).ConfigureAwait(false);
        }
        catch (EngineException exception)
        {
            // An engine says more than it should of what it was given.
            throw new HostException(Secrets.Mask(exception.Message), exception);
        }
    }

    /// <summary>Ends the connection to the engine, where it is this host's own; what runs in the container goes on.</summary>
    /// <returns>When it is ended.</returns>
    public ValueTask DisposeAsync()
    {
        if (_isEngineOurs)
        {
            _engine.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private async Task<CommandResult> EndedAsync(ContainerCommand running, HostCommand command, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(command.Limit);
        try
        {
            return await running.ResultAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            var why = await running.EndAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            throw new HostException(why is null
                ? $"`{command}` had not ended in {Name} after {DurationText.Format(command.Limit)}, and was ended. Give it more time, or a program that ends sooner."
                : $"`{command}` had not ended in {Name} after {DurationText.Format(command.Limit)}, and could not be ended: {Secrets.Mask(why)}");
        }
    }
}
