using System.Diagnostics;

namespace ChaosHarness.Processes;

/// <summary>
/// The temporary folder that all processes of one sample system work in. A guardian waits beside it: should this process be killed,
/// the guardian ends every process that still works in the folder, even a frozen one whose parent is gone, and removes the folder.
/// </summary>
internal sealed class SystemFolder : IAsyncDisposable
{
    // Standard input ends when the owner does, in whatever way. Twice, as a process may fork while the list is read.
    // Line 7 of postmaster.pid names the shared memory segment that a killed PostgreSQL leaves behind.
    private const string Guard =
        """
        trap '' INT TERM HUP
        cat >/dev/null
        for round in 1 2; do
          for process in /proc/[0-9]*; do
            case "$(readlink "$process/cwd" 2>/dev/null)" in
              "$1"|"$1"/*) kill -KILL "${process#/proc/}" 2>/dev/null ;;
            esac
          done
        done
        for pid in "$1"/*/postmaster.pid; do
          [ -r "$pid" ] && ipcrm -m "$(sed -n 7p "$pid" | tr -s ' ' | cut -d ' ' -f 3)" 2>/dev/null
        done
        for attempt in 1 2 3 4 5; do rm -rf "$1" && break; sleep 0.1; done
        """;

    private readonly Process _guardian;

    private SystemFolder(string path, Process guardian)
    {
        Path = path;
        _guardian = guardian;
    }

    public string Path { get; }

    public static SystemFolder Create()
    {
        // As processes see where they work: without links on the way.
        var path = Resolved(new DirectoryInfo(Directory.CreateTempSubdirectory("chaosharness-").FullName));
        // Servers that run as another user have to pass through.
        SetMode(path, (UnixFileMode)0b111_101_101);
        var start = new ProcessStartInfo("/bin/sh", ["-c", Guard, "guardian", path]) { WorkingDirectory = "/", RedirectStandardInput = true };
        return new SystemFolder(path, Process.Start(start)!);
    }

    /// <summary>Makes a folder inside that belongs to a user; null for the one of this process.</summary>
    public async Task<string> AddAsync(string name, string? user, CancellationToken cancellationToken)
    {
        var folder = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(folder);
        SetMode(folder, (UnixFileMode)0b111_000_000);
        if (user is not null)
        {
            await Tool.RunAsync(new ProcessPlan("chown", "chown", [user, folder], Path), cancellationToken).ConfigureAwait(false);
        }

        return folder;
    }

    /// <summary>Ends whatever is left and removes the folder: the guardian's work, done the same way as after a kill.</summary>
    public async ValueTask DisposeAsync()
    {
        _guardian.StandardInput.Close();
        await _guardian.WaitForExitAsync().ConfigureAwait(false);
        _guardian.Dispose();
    }

    private static string Resolved(DirectoryInfo folder) => folder.ResolveLinkTarget(returnFinalTarget: true) is DirectoryInfo target
        ? Resolved(target)
        : folder.Parent is { } parent ? System.IO.Path.Combine(Resolved(parent), folder.Name) : folder.FullName;

    private static void SetMode(string folder, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, mode);
        }
    }
}
