using System.ComponentModel;
using System.Runtime.InteropServices;

namespace ChaosHarness.Faults.Processes;

/// <summary>Sends signals, on Linux and macOS.</summary>
internal static partial class UnixSignal
{
    public const int Kill = 9;
    public const int Terminate = 15;
    private const int NoSuchProcess = 3;
    private const int NotPermitted = 1;

    public static bool IsSupported => OperatingSystem.IsLinux() || OperatingSystem.IsMacOS();

    // These two have other numbers on macOS.
    public static int Stop => OperatingSystem.IsMacOS() ? 17 : 19;

    public static int Continue => OperatingSystem.IsMacOS() ? 19 : 18;

    /// <summary>Sends a signal, unless the process has ended: then there is nothing to do.</summary>
    /// <exception cref="Win32Exception">The system refused, as for a process of another user.</exception>
    public static void Send(ProcessIdentity process, int signal)
    {
        if (!process.IsRunning || Send(process.Id, signal) == 0)
        {
            return;
        }

        var error = Marshal.GetLastPInvokeError();
        if (error != NoSuchProcess)
        {
            throw new Win32Exception(error, $"Signal {signal} to process {process.Id}: {Marshal.GetPInvokeErrorMessage(error)}");
        }
    }

    /// <summary>Whether this user may send it signals at all; sends none.</summary>
    public static bool IsAllowed(ProcessIdentity process) => !IsSupported || Send(process.Id, 0) == 0 || Marshal.GetLastPInvokeError() != NotPermitted;

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Send(int pid, int signal);
}
