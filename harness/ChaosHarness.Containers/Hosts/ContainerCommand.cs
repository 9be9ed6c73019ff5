using System.Globalization;
using System.Text;
using ChaosHarness.Containers.Engines;
using ChaosHarness.Hosts;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace ChaosHarness.Containers.Hosts;

/// <summary>A command that runs in a container.</summary>
internal sealed class ContainerCommand : IDisposable
{
    // Engines tell a number of a process that means nothing inside: the shell says its own first, with when it started, and then becomes the command.
    private const string Greet = """
        greet() { { read -r line < /proc/$$/stat; } 2>/dev/null; set -- ${line##*) }; echo "$0 $$ ${20}"; }
        greet
        exec "$@"
        """;

    // Children first asked for, then ended, so that none is left whose parent is gone. A number that another process has by now is left alone.
    private const string End = """
        started() { { read -r line < "/proc/$1/stat"; } 2>/dev/null && set -- ${line##*) } && started=${20}; }
        end() { for file in /proc/"$1"/task/*/children; do children=; { read -r children < "$file"; } 2>/dev/null; for child in $children; do (end "$child") || failed=1; done; done; kill -s KILL "$1" 2>/dev/null || [ ! -d "/proc/$1" ] || failed=1; [ -z "$failed" ]; }
        started "$1" && [ "$started" = "$2" ] || exit 0
        end "$1"
        """;

    private const int Killed = 137;
    private const int LooksAtTheEnd = 10;

    // What a program wrote last may still be on its way when it has ended; what it left running may keep the way open for ever.
    private static readonly TimeSpan Farewell = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LookPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);
    private readonly ContainerEngine _engine;
    private readonly FoundContainer _container;
    private readonly HostCommand _command;
    private readonly string _id;
    private readonly GreetedOutput _output;
    private readonly BoundedBytes _error;
    private readonly MultiplexedStream _stream;
    private readonly Task _read;

    private ContainerCommand(ContainerEngine engine, FoundContainer container, HostCommand command, string id, string mark, MultiplexedStream stream)
    {
        (_engine, _container, _command, _id, _stream) = (engine, container, command, id, stream);
        _output = new GreetedOutput(mark, command.MostOutput);
        _error = new BoundedBytes(command.MostOutput);
        _read = Task.Run(ReadAsync);
        _ = Task.Run(GiveAsync);
    }

    private string What => $"running `{_command}` in {_container.Name}";

    /// <exception cref="EngineException">There is no such container, it does not run, or the engine cannot be asked; says what to do.</exception>
    public static async Task<ContainerCommand> StartAsync(ContainerEngine engine, string reference, string? user, HostCommand command, CancellationToken cancellationToken)
    {
        var container = await engine.FindAsync(reference, cancellationToken).ConfigureAwait(false)
            ?? throw new EngineException($"there is no container '{reference}' on {engine.Endpoint}, so nothing can be run in it; start it, or name the right one");
        if (container.State is not { Running: true, Paused: false })
        {
            throw new EngineException($"container {container.Name} is {container.State.Status} and not running, so nothing can be run in it; {(container.State.Paused ? $"let it go on first: docker unpause {container.Name}" : $"start it first: docker start {container.Name}")}");
        }

        var mark = "chaos-" + Guid.NewGuid().ToString("N");
        var parameters = new ContainerExecCreateParameters
        {
            AttachStdin = command.Input is not null,
            AttachStdout = true,
            AttachStderr = true,
            User = user ?? "",
            Cmd = ["sh", "-c", Greet, mark, command.Program, .. command.Arguments],
        };
        var what = $"running `{command}` in {container.Name}";
        var created = await engine.AskAsync(what, (client, token) => client.Exec.CreateContainerExecAsync(container.Id, parameters, token), cancellationToken).ConfigureAwait(false);
        var stream = await engine.OpenAsync(what, (client, token) => client.Exec.StartContainerExecAsync(created.ID, new(), token), cancellationToken).ConfigureAwait(false);
        return new ContainerCommand(engine, container, command, created.ID, mark, stream);
    }

    /// <summary>Waits until it has ended, whatever it left running.</summary>
    /// <exception cref="EngineException">It was lost: the container ended or has no shell, or the engine cannot be asked any more.</exception>
    public async Task<CommandResult> ResultAsync(CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        ContainerExecInspectResponse state;
        while (true)
        {
            // Mostly its output ends with it, and nobody has to be asked twice.
            await Task.WhenAny(_read, Task.Delay(pause, cancellationToken)).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            state = await LookAsync(cancellationToken).ConfigureAwait(false);
            if (!state.Running)
            {
                break;
            }

            if (_read.IsCompleted)
            {
                await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
            }

            pause = pause < LongestPause ? pause * 2 : LongestPause;
        }

        await Task.WhenAny(_read, Task.Delay(Farewell, cancellationToken)).ConfigureAwait(false);
        var code = (int)(state.ExitCode ?? -1);
        if (code == Killed || !_output.IsGreeted)
        {
            await RequireContainerAsync(cancellationToken).ConfigureAwait(false);
        }

        return _output.IsGreeted
            ? new CommandResult(code, _output.Kept.Text, _error.Text) { IsOutputCut = _output.Kept.IsCut, IsErrorCut = _error.IsCut }
            : throw new EngineException(string.Create(CultureInfo.InvariantCulture, $"{What} needs a Unix shell there, and sh did not start: exit code {code}{Words()}. Use an image that has one, or break the container itself by Crash, Stop and Freeze"));
    }

    /// <summary>Ends it with all that it started.</summary>
    /// <returns>Why it could not be ended; null when it was.</returns>
    public async Task<string?> EndAsync()
    {
        if (_output.Greeting.Split(' ') is not [var process, var started])
        {
            return "it never said that it began";
        }

        try
        {
            using var limit = new CancellationTokenSource(_engine.Patience);
            // As root: whoever the image names need not be who may end it.
            using var end = await StartAsync(_engine, _container.Id, "0", HostCommand.Script(End, process, started), limit.Token).ConfigureAwait(false);
            return (await end.ResultAsync(limit.Token).ConfigureAwait(false)).IsSuccess ? null : "it could not be killed";
        }
        catch (Exception exception) when (exception is EngineException or OperationCanceledException)
        {
            return exception.Message;
        }
    }

    public void Dispose() => _stream.Dispose();

    private Task<ContainerExecInspectResponse> LookAsync(CancellationToken cancellationToken) =>
        _engine.AskAsync(What, (client, token) => client.Exec.InspectContainerExecAsync(_id, token), cancellationToken);

    // One that was killed alone has ended; one whose container ended with it came nobody knows how far. An engine tells the end of a container later than
    // that of what ran in it.
    private async Task RequireContainerAsync(CancellationToken cancellationToken)
    {
        for (var look = 0; look < LooksAtTheEnd; look++)
        {
            if (await _engine.FindAsync(_container.Id, cancellationToken).ConfigureAwait(false) is not { State.Running: true } now || now.State.StartedAt != _container.State.StartedAt)
            {
                throw new EngineException($"container {_container.Name} ended while `{_command}` ran in it, and nobody knows how far it came. See why: docker logs {_container.Name}");
            }

            await Task.Delay(LookPause, cancellationToken).ConfigureAwait(false);
        }
    }

    private string Words()
    {
        var said = $"{_output.Kept.Text} {_error.Text}".Trim();
        return said.Length == 0 ? "" : $" ({said.TrimEnd('.')})";
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await _stream.ReadOutputAsync(buffer, 0, buffer.Length, CancellationToken.None).ConfigureAwait(false) is { EOF: false } read)
            {
                if (read.Target == MultiplexedStream.TargetStream.StandardError)
                {
                    _error.Add(buffer.AsSpan(0, read.Count));
                }
                else
                {
                    _output.Add(buffer.AsSpan(0, read.Count));
                }
            }
        }
        catch (Exception exception) when (exception is ObjectDisposedException || EngineTrouble.IsOfTheEngine(exception))
        {
            // Nobody listens any more, or the engine is gone: whoever asks it how the command ended hears that.
        }
    }

    private async Task GiveAsync()
    {
        if (_command.Input is not { } input)
        {
            return;
        }

        try
        {
            var bytes = Encoding.UTF8.GetBytes(input);
            await _stream.WriteAsync(bytes, 0, bytes.Length, CancellationToken.None).ConfigureAwait(false);
            _stream.CloseWrite();
        }
        catch (Exception exception) when (exception is ObjectDisposedException or InvalidOperationException || EngineTrouble.IsOfTheEngine(exception))
        {
            // It ended without reading it all.
        }
    }
}
