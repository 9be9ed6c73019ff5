using System.Runtime.InteropServices;

namespace ChaosHarness.Safety;

/// <summary>
/// Halts a run when the process is to end, by a signal or because something in it exits, and keeps the process alive until the run
/// is reverted. After a signal it then ends the process as it was asked. Asked again, it says what it is waiting for.
/// </summary>
internal sealed class TerminationSignals : IDisposable
{
    // Time for whoever called the run to record it.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestRevert = TimeSpan.FromMinutes(2);
    private static int s_exitCode;
    private readonly HaltLever _lever;
    private readonly TextWriter _console;
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly ManualResetEventSlim _reverted = new();

    public TerminationSignals(HaltLever lever, TextWriter console)
    {
        _lever = lever;
        _console = console;
        if (Volatile.Read(ref s_exitCode) != 0)
        {
            lever.Halt("the process is ending");
        }

        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP })
        {
            _registrations.Add(PosixSignalRegistration.Create(signal, OnSignal));
        }

        // A test host whose parent was stopped exits without any signal.
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
    }

    /// <summary>Ends when the run is recorded, by whoever called it.</summary>
    public Task Recorded { get; set; } = Task.CompletedTask;

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        _reverted.Set();
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        if (Volatile.Read(ref s_exitCode) is var code and not 0)
        {
            _ = ExitAsync(code);
        }
    }

    /// <summary>Halts the run; when it is being halted already, says what is not undone yet.</summary>
    internal void Asked(string by)
    {
        if (_lever.Reason is null)
        {
            _lever.Halt($"the process received {by}");
            Tell($"{by} received: the run is halted, and what it broke is being undone.");
            return;
        }

        var open = _lever.StillOpen();
        Tell(open.Count == 0
            ? "The run is being halted, and every fault is undone: it only has to be recorded."
            : $"The run is being halted. Not undone yet: {string.Join("; ", open)}. If you cannot wait, kill -9 {Environment.ProcessId}: the next run then undoes what it can, and says what it cannot.");
    }

    // The terminal may be what is gone.
    private void Tell(string line)
    {
        try
        {
            _console.WriteLine(line);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
        }
    }

    private static async Task ExitAsync(int code)
    {
        await Task.Delay(Farewell).ConfigureAwait(false);
        Environment.Exit(code);
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        // The code that a shell shows for a process ended by this signal.
        Interlocked.CompareExchange(ref s_exitCode, 128 + (context.Signal switch { PosixSignal.SIGINT => 2, PosixSignal.SIGHUP => 1, _ => 15 }), 0);
        Asked(context.Signal.ToString());
    }

    // The process ends when this returns; everything else goes on until then.
    private void OnProcessExit(object? sender, EventArgs e)
    {
        _lever.Halt("the process is ending");
        _reverted.Wait(LongestRevert);
        Recorded.Wait(Farewell);
    }
}
