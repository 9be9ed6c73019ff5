using ChaosHarness.Timing;

namespace ChaosHarness.Hosts;

/// <summary>
/// Another machine, by the <c>ssh</c> client of this one: with keys or an agent, never a password, and only where the host's key is known already.
/// Shells stay open between commands, so that one costs little more than starting its program there; a shell that is lost is opened anew for the next command.
/// The other machine needs a Unix shell. Disposing closes the shells.
/// </summary>
public sealed class SshHost : IHost, IAsyncDisposable
{
    /// <summary>The kind of its address.</summary>
    public const string Kind = "ssh";

    // Beyond ssh's own time: it may take as long for each address of a name, and then logs in.
    private static readonly TimeSpan LoginTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan CleanUpTime = TimeSpan.FromSeconds(5);
    private readonly Lock _lock = new();
    private readonly Stack<ShellSession> _idle = new();
    private readonly SshOptions _options;
    private bool _isClosed;

    /// <summary>A host.</summary>
    /// <param name="destination">Its name or address, or what it is called in the configuration of ssh.</param>
    /// <param name="options">How it is reached; null for what the configuration of ssh says.</param>
    /// <exception cref="ArgumentException">The destination or an option cannot be.</exception>
    public SshHost(string destination, SshOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(destination);
        _options = options ?? new SshOptions();
        if (destination.StartsWith('-') || destination.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)) || _options.User is { } user && (user.Length == 0 || user.StartsWith('-')))
        {
            throw new ArgumentException($"'{destination}' is no host that ssh could reach: name it as for the command ssh, without options.", nameof(destination));
        }

        Destination = destination;
        Address = new HostAddress(Kind, _options.Parameters(destination));
    }

    /// <summary>Its name or address, as ssh is given it.</summary>
    public string Destination { get; }

    /// <inheritdoc/>
    public string Name => _options.Name ?? Destination;

    /// <inheritdoc/>
    public HostAddress Address { get; }

    /// <summary>The host at an address.</summary>
    /// <param name="address">What <see cref="Address"/> was.</param>
    /// <returns>The host.</returns>
    /// <exception cref="ArgumentException">It is an address of another kind, or names no host.</exception>
    public static SshHost At(HostAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var (destination, options) = SshOptions.Of(address);
        return new SshHost(destination, options);
    }

    /// <inheritdoc/>
    public async ValueTask<CommandResult> RunAsync(HostCommand command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (command.Mistake is { } mistake)
        {
            throw new ArgumentException($"A command for {Name}: {mistake}.", nameof(command));
        }

        var session = await TakeAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await session.RunAsync(command, AnswerTime, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is ShellLostException or OperationCanceledException)
        {
            var shell = session.Shell;
            session.Dispose();
            // Nobody waits for it: a host that does not answer would not answer this either.
            _ = EndAsync(shell);
            throw exception is ShellLostException lost ? new HostException(Lost(command, lost), lost) : exception;
        }
        finally
        {
            Return(session);
        }
    }

    /// <summary>Closes its shells; what runs in them goes on.</summary>
    /// <returns>When they are closed.</returns>
    public ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _isClosed = true;
            while (_idle.TryPop(out var session))
            {
                session.Dispose();
            }
        }

        return ValueTask.CompletedTask;
    }

    private async Task<ShellSession> TakeAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            while (_idle.TryPop(out var idle))
            {
                if (!idle.HasEnded)
                {
                    return idle;
                }

                idle.Dispose();
            }
        }

        return await OpenAsync(cancellationToken).ConfigureAwait(false);
    }

    private void Return(ShellSession session)
    {
        lock (_lock)
        {
            if (session.IsOpen && !_isClosed)
            {
                _idle.Push(session);
                return;
            }
        }

        session.Dispose();
    }

    private async Task<ShellSession> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ShellSession.OpenAsync(_options.Start(Destination), _options.ConnectTimeout + LoginTime, cancellationToken).ConfigureAwait(false);
        }
        catch (ShellLostException exception)
        {
            throw new HostException(SshFailure.Explain(Name, exception, _options.ConnectTimeout + LoginTime), exception);
        }
    }

    private string Lost(HostCommand command, ShellLostException exception) => exception.IsLate
        ? $"{Name} did not end `{command}` within {DurationText.Format(command.Limit)}, or does not answer; the shell was given up, and what it ran is ended if {Name} can be reached. Look whether it answers: ssh {Destination} true"
        : $"the connection to {Name} was lost while `{command}` ran there, and nobody knows how far it came{(exception.Message.Length > 0 ? $": {exception.Message}" : "")}. The next command connects again; look whether it answers: ssh {Destination} true";

    // A shell that is gone leaves what it ran: ended here are its descendants, if it is still itself.
    private async Task EndAsync(string shell)
    {
        if (shell.Split(' ') is not [var id, var started])
        {
            return;
        }

        const string Script = """
            started() { { read -r line < "/proc/$1/stat"; } 2>/dev/null && set -- ${line##*) } && started=${20}; }
            end() { for child in $(cat /proc/"$1"/task/*/children 2>/dev/null); do end "$child"; done; kill -9 "$1"; }
            started "$1" && [ "$started" = "$2" ] && end "$1"
            """;
        try
        {
            using var limit = new CancellationTokenSource(CleanUpTime);
            using var session = await OpenAsync(limit.Token).ConfigureAwait(false);
            await session.RunAsync(HostCommand.Script(Script, id, started) with { Limit = CleanUpTime }, AnswerTime, limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is HostException or ShellLostException or OperationCanceledException)
        {
            // It cannot be reached: the message of the command said so.
        }
    }
}
