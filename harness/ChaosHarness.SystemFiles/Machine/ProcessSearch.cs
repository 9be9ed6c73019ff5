using System.Globalization;

namespace ChaosHarness.SystemFiles.Machine;

/// <summary>The one process that something describes.</summary>
/// <param name="What">What is looked for, for people.</param>
/// <param name="IsMeant">Whether a process is it.</param>
/// <param name="Table">Where processes are read.</param>
internal sealed record ProcessSearch(string What, Predicate<MachineProcess> IsMeant, ProcessTable Table)
{
    private const int MostTold = 5;

    /// <summary>A process that runs a program of a name.</summary>
    public static ProcessSearch ByProgram(string program) => new($"a process that runs '{program}'", process => process.Program == program, new ProcessTable());

    /// <summary>A process with a text in its command line.</summary>
    public static ProcessSearch ByCommandLine(string text) => new($"a process with '{text}' in its command line", process => process.CommandLine.Contains(text, StringComparison.Ordinal), new ProcessTable());

    /// <summary>The main process of a systemd unit.</summary>
    public static ProcessSearch ByUnit(string unit) => new($"a process of the unit {unit}", process => process.Unit == unit || process.Unit == unit + ".service", new ProcessTable());

    /// <summary>Its number; null when there is none, or several.</summary>
    public int? Find() => Roots() is [var only] ? only.Id : null;

    /// <summary>Why it is not known; null when it is.</summary>
    public string? WhyNotFound() => !Table.IsThere ? "processes are looked up in /proc, which this machine does not have; name a pid-file" : Roots() switch
    {
        [_] => null,
        [] => $"there is no {What["a ".Length..]}; start it first",
        var several => string.Create(CultureInfo.InvariantCulture, $"there are {several.Count} of {What}: {string.Join(", ", several.Take(MostTold).Select(process => process.Id))}; say more of it by command-line, or name its pid-file"),
    };

    // What it started itself goes with it.
    private List<MachineProcess> Roots()
    {
        var processes = Table.Read();
        var own = ProcessTable.Lineage(processes, Environment.ProcessId);
        var meant = processes.Values.Where(process => !own.Contains(process.Id) && IsMeant(process)).ToDictionary(process => process.Id);
        return [.. meant.Values.Where(process => !meant.ContainsKey(process.Parent)).OrderBy(process => process.Id)];
    }
}
