using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using ChaosHarness.Timing;

namespace ChaosHarness.Hosts;

/// <summary>This machine.</summary>
public sealed class LocalHost : IHost
{
    /// <summary>The kind of its address.</summary>
    public const string Kind = "local";

    private const int NoSuchProgram = 127;
    private const string NewSession = "/usr/bin/setsid";

    // What a program wrote last may still be on its way when it has ended; what it left running may keep the way open for ever.
    private static readonly TimeSpan Farewell = TimeSpan.FromMilliseconds(200);

    /// <inheritdoc/>
    public string Name => "this machine";

    /// <inheritdoc/>
    public HostAddress Address { get; } = new(Kind, new Dictionary<string, string>());

    /// <inheritdoc/>
    public async ValueTask<CommandResult> RunAsync(HostCommand command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (command.Mistake is { } mistake)
        {
            throw new ArgumentException($"A command for {Name}: {mistake}.", nameof(command));
        }

        cancellationToken.ThrowIfCancellationRequested();
        using var process = new Process { StartInfo = Start(command), EnableRaisingEvents = true };
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.Exited += (_, _) => ended.TrySetResult();
        try
        {
            process.Start();
        }
        catch (Win32Exception exception)
        {
            return new CommandResult(NoSuchProgram, "", string.Create(CultureInfo.InvariantCulture, $"'{command.Program}' could not be started: {exception.Message}"));
        }

        var output = new BoundedBytes(command.MostOutput);
        var error = new BoundedBytes(command.MostOutput);
        var read = Task.WhenAll(output.FillAsync(process.StandardOutput.BaseStream), error.FillAsync(process.StandardError.BaseStream));
        _ = GiveAsync(process.StandardInput, command.Input);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(command.Limit);
        try
        {
            await ended.Task.WaitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            throw new HostException($"`{command}` had not ended on {Name} after {DurationText.Format(command.Limit)}, and was ended. Give it more time, or a program that ends sooner.");
        }

        await Task.WhenAny(read, Task.Delay(Farewell, CancellationToken.None)).ConfigureAwait(false);
        return new CommandResult(process.ExitCode, output.Text, error.Text) { IsOutputCut = output.IsCut, IsErrorCut = error.IsCut };
    }

    // In a session of its own: an interrupt from the terminal is for the run, which still needs the program to put something back.
    private static ProcessStartInfo Start(HostCommand command)
    {
        var start = OperatingSystem.IsLinux() && File.Exists(NewSession)
            ? new ProcessStartInfo(NewSession, [command.Program, .. command.Arguments])
            : new ProcessStartInfo(command.Program, command.Arguments);
        (start.RedirectStandardOutput, start.RedirectStandardError, start.RedirectStandardInput, start.CreateNoWindow) = (true, true, true, true);
        return start;
    }

    private static async Task GiveAsync(StreamWriter input, string? text)
    {
        try
        {
            await using (input.ConfigureAwait(false))
            {
                await input.WriteAsync(text).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException)
        {
            // It ended without reading it all.
        }
    }
}
