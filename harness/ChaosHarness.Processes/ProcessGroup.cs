using System.Runtime.InteropServices;

namespace ChaosHarness.Processes;

/// <summary>Starts processes out of reach of what a terminal sends to all of its own: an interrupt is for the run, and not for the system that it still has to put right.</summary>
internal static partial class ProcessGroup
{
    private const int ThisProcess = 0;
    private const int OfItsOwn = 0;

    /// <summary>Starts something in another group of processes than this one, in the same session. Where this process leads its group, it stays in that.</summary>
    // A process inherits its group and .NET cannot give it another, so this one is in another for the moment of the start.
    // A session of its own would do too, but Linux shares the processor out by session: the system would get less of it.
    public static T StartApart<T>(Func<T> start)
    {
        if (!OperatingSystem.IsLinux() || Get(ThisProcess) is var own && own == Environment.ProcessId)
        {
            return start();
        }

        _ = Set(ThisProcess, OfItsOwn);
        try
        {
            return start();
        }
        finally
        {
            // Refused when nobody of that group is left: then there is nobody to be with.
            _ = Set(ThisProcess, own);
        }
    }

    [LibraryImport("libc", EntryPoint = "getpgid")]
    private static partial int Get(int process);

    [LibraryImport("libc", EntryPoint = "setpgid")]
    private static partial int Set(int process, int group);
}
