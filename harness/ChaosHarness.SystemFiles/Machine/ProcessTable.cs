using System.Globalization;
using System.Text;

namespace ChaosHarness.SystemFiles.Machine;

/// <summary>The processes of this machine, read from /proc. One that ends meanwhile, or may not be read, is left out.</summary>
/// <param name="folder">Where that is.</param>
internal sealed class ProcessTable(string folder = ProcessTable.Usual)
{
    public const string Usual = "/proc";
    private const int LongestCommandLine = 64 * 1024;
    private static readonly string[] UnitEndings = [".service", ".scope"];

    /// <summary>Whether there is such a folder: on Linux.</summary>
    public bool IsThere => Directory.Exists(folder);

    /// <summary>All of them, by number.</summary>
    public IReadOnlyDictionary<int, MachineProcess> Read()
    {
        var found = new Dictionary<int, MachineProcess>();
        foreach (var entry in IsThere ? Directory.EnumerateDirectories(folder) : [])
        {
            if (int.TryParse(Path.GetFileName(entry), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && Read(id, entry) is { } process)
            {
                found[id] = process;
            }
        }

        return found;
    }

    /// <summary>This process and those that started it: what somebody looks for is never who looks.</summary>
    public static IReadOnlySet<int> Lineage(IReadOnlyDictionary<int, MachineProcess> processes, int id)
    {
        var lineage = new HashSet<int>();
        while (lineage.Add(id) && processes.TryGetValue(id, out var process))
        {
            id = process.Parent;
        }

        return lineage;
    }

    private static MachineProcess? Read(int id, string entry)
    {
        try
        {
            var stat = File.ReadAllText(Path.Combine(entry, "stat"));
            var (open, close) = (stat.IndexOf('('), stat.LastIndexOf(')'));
            var fields = stat[(close + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            // A zombie runs no more.
            if (fields[0] is "Z" or "X" or "x")
            {
                return null;
            }

            var program = ProgramOf(entry) ?? stat[(open + 1)..close];
            return new MachineProcess(id, int.Parse(fields[1], CultureInfo.InvariantCulture), program, ArgumentsOf(entry)) { Unit = UnitOf(entry) };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or IndexOutOfRangeException or FormatException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private static string? ProgramOf(string entry)
    {
        try
        {
            return new FileInfo(Path.Combine(entry, "exe")).LinkTarget is { } target ? Path.GetFileName(target.EndsWith(" (deleted)", StringComparison.Ordinal) ? target[..^" (deleted)".Length] : target) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string[] ArgumentsOf(string entry)
    {
        try
        {
            using var file = File.OpenRead(Path.Combine(entry, "cmdline"));
            var bytes = new byte[LongestCommandLine];
            return Encoding.UTF8.GetString(bytes, 0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)).TrimEnd('\0').Split('\0', StringSplitOptions.None);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    // In a hierarchy of version 1 the line of systemd says it, in version 2 the only one.
    private static string? UnitOf(string entry)
    {
        try
        {
            return File.ReadLines(Path.Combine(entry, "cgroup"))
                .Select(line => line.Split(':', 3))
                .Where(parts => parts is ["0", _, _] or [_, "name=systemd", _])
                .Select(parts => parts[2].Split('/').LastOrDefault(part => UnitEndings.Any(ending => part.EndsWith(ending, StringComparison.Ordinal))))
                .OfType<string>()
                .FirstOrDefault();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
