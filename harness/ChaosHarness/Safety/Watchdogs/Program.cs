using System.Globalization;
using System.Runtime.InteropServices;

namespace ChaosHarness.Safety.Watchdogs;

/// <summary>What the library does as a program: it watches the process that started it. Nobody else has a use for it.</summary>
internal static class Program
{
    public const string Watch = "watch";

    public static async Task Main(string[] args)
    {
        if (args is not [Watch])
        {
            await Console.Error.WriteLineAsync("ChaosHarness is a library. As a program it only watches over the runs of a process that started it; the command for people is `chaos`.").ConfigureAwait(false);
            Environment.ExitCode = 2;
            return;
        }

        // What ends the runs is not to end what cleans up after them: it ends by itself.
        var signals = new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT }.Select(signal => PosixSignalRegistration.Create(signal, context => context.Cancel = true)).ToList();
        OwnMemory.Leave();
        // Where it answers is nobody else's to write to.
        var output = Console.OpenStandardOutput();
        Console.SetOut(TextWriter.Null);
        using var orders = new StreamReader(Console.OpenStandardInput());
        await using var answers = new StreamWriter(output) { AutoFlush = true };
        await new Vigil(orders, answers, new WatchdogState(Environment.ProcessId, OwnerOf(Environment.GetEnvironmentVariable(OwnerVariable)), DateTimeOffset.UtcNow), TimeProvider.System).RunAsync().ConfigureAwait(false);
        signals.ForEach(signal => signal.Dispose());
        // Threads of others may be left, and it has nothing more to do.
        Environment.Exit(0);
    }

    /// <summary>The environment variable that says whom it watches.</summary>
    public const string OwnerVariable = "CHAOSHARNESS_WATCHED";

    private static int OwnerOf(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;
}
