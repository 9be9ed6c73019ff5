using System.Globalization;

namespace ChaosHarness.Safety.Watchdogs;

/// <summary>
/// Keeps a watchdog alive when its owner is killed for its memory. Where a group of processes is killed as a whole, it leaves that group. Linux
/// only, and as far as the rights of the user go: elsewhere, and without them, it stays where it is.
/// </summary>
internal static class OwnMemory
{
    private const string Members = "cgroup.procs";
    private const string KilledTogether = "memory.oom.group";
    private const string OwnGroup = "chaosharness-watchdogs";

    public static void Leave()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        // The last one to be killed, where that may be asked for.
        Try(() => File.WriteAllText("/proc/self/oom_score_adj", "-900"));
        Try(() => Leave(File.ReadAllLines("/proc/self/cgroup"), "/sys/fs/cgroup", Environment.ProcessId));
    }

    /// <summary>Moves a process out of the groups that are killed as a whole.</summary>
    /// <param name="groups">What <c>/proc/PID/cgroup</c> says of it.</param>
    /// <param name="root">Where control groups are mounted.</param>
    /// <param name="process">Its number.</param>
    internal static void Leave(IEnumerable<string> groups, string root, int process)
    {
        foreach (var group in groups.Select(line => line.Split(':', 3)).Where(parts => parts.Length == 3 && parts[2] != "/"))
        {
            if (group is ["0", "", var path])
            {
                LeaveUnified(Path.Combine(root, path.TrimStart('/')), root, process);
            }
            else if (group[1].Split(',').Contains("memory"))
            {
                // Its limit then is the owner's alone.
                var parent = Path.GetDirectoryName(Path.Combine(root, "memory", group[2].TrimStart('/')))!;
                Join(parent, process);
            }
        }
    }

    private static void LeaveUnified(string path, string root, int process)
    {
        string? outermost = null;
        for (var folder = path; folder is not null && folder.Length > root.Length; folder = Path.GetDirectoryName(folder))
        {
            var together = Path.Combine(folder, KilledTogether);
            if (File.Exists(together) && File.ReadAllText(together).Trim() == "1")
            {
                outermost = folder;
            }
        }

        if (outermost is null)
        {
            return;
        }

        // Beside it: a group that has others below it may have no members itself.
        var own = Path.Combine(Path.GetDirectoryName(outermost)!, OwnGroup);
        Directory.CreateDirectory(own);
        Join(own, process);
    }

    private static void Join(string group, int process) => File.WriteAllText(Path.Combine(group, Members), process.ToString(CultureInfo.InvariantCulture));

    private static void Try(Action act)
    {
        try
        {
            act();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }
}
