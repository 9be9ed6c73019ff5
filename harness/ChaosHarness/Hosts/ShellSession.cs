using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ChaosHarness.Hosts;

/// <summary>
/// A shell that stays open and runs one command after another, so that each costs little beyond its own work. What a command
/// writes stands between two marks that nobody else knows.
/// </summary>
internal sealed class ShellSession : IDisposable
{
    private readonly Process _process;
    private readonly MarkedReader _output;
    private readonly MarkedReader _error;
    private readonly string _secret = "chaos-" + Guid.NewGuid().ToString("N");
    private int _count;

    private ShellSession(Process process)
    {
        _process = process;
        _output = new MarkedReader(process.StandardOutput.BaseStream);
        _error = new MarkedReader(process.StandardError.BaseStream);
    }

    /// <summary>The shell itself on its host, as a process number and what <c>/proc</c> says of when it started; empty where that is not known.</summary>
    public string Shell { get; private set; } = "";

    /// <summary>Whether it can be given another command.</summary>
    public bool IsOpen { get; private set; } = true;

    /// <summary>Opens one, and waits until it answers.</summary>
    /// <param name="start">What starts it, such as <c>ssh host sh</c>.</param>
    /// <param name="limit">How long it may take to answer.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ShellLostException">It ended, or did not answer in time; with what it said.</exception>
    public static async Task<ShellSession> OpenAsync(ProcessStartInfo start, TimeSpan limit, CancellationToken cancellationToken)
    {
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError, start.CreateNoWindow) = (true, true, true, true);
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new ShellLostException(exception.Message, isLate: false) { IsUnstarted = true };
        }

        var session = new ShellSession(process);
        try
        {
            const string Greeting = "{ read -r line < /proc/$$/stat; } 2>/dev/null; set -- ${line##*) }";
            await session.SendAsync($"{Greeting}; printf '%s %s %s\\n' {session._secret} $$ \"${{20}}\"\n", cancellationToken).ConfigureAwait(false);
            // What the login scripts of the host say comes before it.
            session.Shell = (await session.ReadAsync(session._output, session._secret, null, limit, cancellationToken).ConfigureAwait(false)).Trim();
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Runs a command.</summary>
    /// <param name="command">What to run.</param>
    /// <param name="answer">How long the shell may take to say that it begins.</param>
    /// <param name="cancellationToken">Gives the shell up.</param>
    /// <exception cref="ShellLostException">The shell ended or did not answer in time; it cannot be used again.</exception>
    public async Task<CommandResult> RunAsync(HostCommand command, TimeSpan answer, CancellationToken cancellationToken)
    {
        var mark = string.Create(CultureInfo.InvariantCulture, $"{_secret}-{++_count}");
        var words = $"( exec {ShellText.Of([command.Program, .. command.Arguments])} )";
        var run = command.Input is { } input ? $"printf %s {ShellText.Quoted(input)} 2>/dev/null | {words}" : words + " </dev/null";
        // Whatever becomes of this, the shell is used again only when both ends have come.
        IsOpen = false;
        await SendAsync($"echo {mark}; echo {mark} >&2; {run}; s=$?; printf '\\n%s %d\\n' {mark} $s; printf '\\n%s\\n' {mark} >&2\n", cancellationToken).ConfigureAwait(false);
        await ReadAsync(_output, mark, null, answer, cancellationToken).ConfigureAwait(false);
        var output = new BoundedBytes(command.MostOutput);
        var error = new BoundedBytes(command.MostOutput);
        var errors = ReadErrorsAsync(mark, error, command.Limit + answer, cancellationToken);
        var code = await ReadAsync(_output, "\n" + mark, output, command.Limit, cancellationToken).ConfigureAwait(false);
        await errors.ConfigureAwait(false);
        IsOpen = true;
        return new CommandResult(int.Parse(code, CultureInfo.InvariantCulture), output.Text, error.Text) { IsOutputCut = output.IsCut, IsErrorCut = error.IsCut };
    }

    /// <summary>Gives it up.</summary>
    public void Dispose()
    {
        IsOpen = false;
        try
        {
            _process.Kill();
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception)
        {
            // It has ended.
        }

        _process.Dispose();
    }

    /// <summary>Whether its process has ended while nobody looked.</summary>
    public bool HasEnded => _process.HasExited;

    private async Task ReadErrorsAsync(string mark, BoundedBytes error, TimeSpan limit, CancellationToken cancellationToken)
    {
        await ReadAsync(_error, mark, null, limit, cancellationToken).ConfigureAwait(false);
        await ReadAsync(_error, "\n" + mark, error, limit, cancellationToken).ConfigureAwait(false);
    }

    private async Task<string> ReadAsync(MarkedReader reader, string mark, BoundedBytes? kept, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        either.CancelAfter(limit);
        try
        {
            return await reader.ReadAsync(Encoding.ASCII.GetBytes(mark), kept, either.Token).ConfigureAwait(false) ?? throw new ShellLostException(await LastWordsAsync().ConfigureAwait(false), isLate: false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ShellLostException("", isLate: true);
        }
    }

    private async Task<string> LastWordsAsync()
    {
        var words = new BoundedBytes(8 * 1024);
        await Task.WhenAny(_error.DrainAsync(words), Task.Delay(500, CancellationToken.None)).ConfigureAwait(false);
        return words.Text.Trim();
    }

    private async Task SendAsync(string text, CancellationToken cancellationToken)
    {
        try
        {
            var input = _process.StandardInput.BaseStream;
            await input.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken).ConfigureAwait(false);
            await input.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException)
        {
            throw new ShellLostException(await LastWordsAsync().ConfigureAwait(false), isLate: false);
        }
    }
}
