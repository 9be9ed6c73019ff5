using System.Globalization;

namespace ChaosHarness.Faults.Processes;

/// <summary>What Linux tells of a process in /proc/N/stat.</summary>
internal readonly record struct ProcStat(int Id, int Parent, char State, long Started)
{
    /// <summary>False once it has ended, even while its parent has not collected it (Z) or it is being torn down (X).</summary>
    public bool IsRunning => State is not ('Z' or 'X' or 'x');

    /// <summary>Whether a signal has stopped it, or will once it no longer waits for a disk (D).</summary>
    public bool IsStopped => State is 'T' or 't' or 'D';

    /// <summary>The wall clock, UTC, at a start time as it stands in a stat file: in ticks of 10 ms since the machine came up.</summary>
    public static DateTime? WallClock(long started)
    {
        try
        {
            var boot = File.ReadLines("/proc/stat").First(line => line.StartsWith("btime ", StringComparison.Ordinal));
            return DateTimeOffset.FromUnixTimeSeconds(long.Parse(boot["btime ".Length..], CultureInfo.InvariantCulture)).UtcDateTime + TimeSpan.FromMilliseconds(started * 10);
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    public static ProcStat? Read(int id)
    {
        try
        {
            return Parse(id, File.ReadAllText($"/proc/{id.ToString(CultureInfo.InvariantCulture)}/stat"));
        }
        catch (IOException)
        {
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The process and all that descend from it, the eldest first.</summary>
    public static IReadOnlyList<ProcStat> Tree(int root)
    {
        var children = All().ToLookup(stat => stat.Parent);
        var tree = new List<ProcStat>();
        if (Read(root) is { } stat)
        {
            tree.Add(stat);
        }

        for (var i = 0; i < tree.Count; i++)
        {
            tree.AddRange(children[tree[i].Id]);
        }

        return tree;
    }

    // The name stands in brackets and may itself hold blanks and brackets: the fields begin after the last one.
    internal static ProcStat? Parse(int id, string text)
    {
        var fields = text[(text.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 19
            ? new ProcStat(id, int.Parse(fields[1], CultureInfo.InvariantCulture), fields[0][0], long.Parse(fields[19], CultureInfo.InvariantCulture))
            : null;
    }

    private static IEnumerable<ProcStat> All()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) && Read(id) is { } stat)
            {
                yield return stat;
            }
        }
    }
}
