using System.Runtime.InteropServices;

namespace ChaosHarness.Safety;

/// <summary>Halts a run when the process is asked to end, so that it can revert; then ends the process as it was asked.</summary>
internal sealed class TerminationSignals : IDisposable
{
    // Time for whoever called the run to write its report.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);
    private static int s_exitCode;
    private readonly HaltLever _lever;
    private readonly List<PosixSignalRegistration> _registrations = [];

    public TerminationSignals(HaltLever lever)
    {
        _lever = lever;
        if (Volatile.Read(ref s_exitCode) != 0)
        {
            lever.Halt("the process is ending");
        }

        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP })
        {
            _registrations.Add(PosixSignalRegistration.Create(signal, OnSignal));
        }
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        if (Volatile.Read(ref s_exitCode) is var code and not 0)
        {
            _ = ExitAsync(code);
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
        _lever.Halt($"the process received {context.Signal}");
    }
}
