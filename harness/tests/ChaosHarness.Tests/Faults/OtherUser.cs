using System.Runtime.InteropServices;

namespace ChaosHarness.Tests.Faults;

/// <summary>Makes the thread that asks for it one of another user than root, which may do anything; a thread of Linux has a user of its own.</summary>
internal static class OtherUser
{
    private const int Nobody = 65534;

    private static long SetUsers => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 147 : 117;

    public static void Become() => _ = Call(SetUsers, Nobody, Nobody, Nobody);

    [DllImport("libc", EntryPoint = "syscall")]
    private static extern long Call(long number, long real, long effective, long saved);
}
