using System.Diagnostics;
using System.Globalization;
using ChaosHarness.Experiments;
using ChaosHarness.Faults;
using ChaosHarness.Journals;
using ChaosHarness.Safety;

namespace ChaosHarness.KilledHosts.Sweeps;

/// <summary>Kills the process of a run at a random moment, again and again, and looks at what is left once somebody starts again.</summary>
/// <param name="seed">What chance begins with.</param>
/// <param name="signal">The signal that ends the process.</param>
/// <param name="isWatched">Whether a watchdog undoes, and nobody else.</param>
/// <param name="jumps">Whether the clock on the wall jumps meanwhile.</param>
/// <param name="disaster">What happens to the folder of fault journals instead of a signal to the process: prepares it, and returns what strikes it; null for the signal.</param>
public sealed class KillSweep(int seed, string signal = "KILL", bool isWatched = false, bool jumps = false, Func<string, IFolderDisaster>? disaster = null)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan UndoneWithin = TimeSpan.FromSeconds(10);
    private const int Tried = 3;

    /// <summary>Kills so many, some side by side.</summary>
    public async Task<IReadOnlyList<SweptKill>> RunAsync(int count, int sideBySide)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = sideBySide };
        var kills = new SweptKill[count];
        var lasted = new TimeSpan[Tried];
        // How long a run takes here and now, when as many others do the same.
        await Parallel.ForAsync(0, Tried, options, async (number, _) => lasted[number] = await LastsAsync());
        await Parallel.ForAsync(0, count, options, async (number, _) => kills[number] = await KillAsync(lasted.Max() * new Random(seed + (number * 7919)).NextDouble()));
        return kills;
    }

    private async Task<TimeSpan> LastsAsync()
    {
        var folder = Directory.CreateTempSubdirectory("sweep-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "state"));
        using var target = Process.Start("sleep", "600");
        try
        {
            using var host = Process.Start(Plan(folder, target.Id))!;
            await host.StandardOutput.ReadLineAsync();
            var since = Stopwatch.GetTimestamp();
            await host.WaitForExitAsync();
            return Stopwatch.GetElapsedTime(since);
        }
        finally
        {
            target.Kill();
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<SweptKill> KillAsync(TimeSpan after)
    {
        var folder = Directory.CreateTempSubdirectory("sweep-").FullName;
        var (faults, state, journals) = (Path.Combine(folder, "faults"), Path.Combine(folder, "state"), Path.Combine(folder, "journals"));
        Directory.CreateDirectory(state);
        using var target = Process.Start("sleep", "600");
        try
        {
            Directory.CreateDirectory(faults);
            using var prepared = disaster?.Invoke(faults);
            using var host = Process.Start(Plan(folder, target.Id))!;
            await host.StandardOutput.ReadLineAsync();
            await Task.Delay(after);
            await StrikeAsync(host, prepared);

            using var limit = new CancellationTokenSource(Patience);
            await host.WaitForExitAsync(limit.Token);
            if (isWatched)
            {
                await UndoneAsync(faults);
            }

            var found = await LeftoverFaults.RevertAsync(faults, [new RestoreMarker(), .. RecipeReverters.BuiltIn], TimeProvider.System, CancellationToken.None);
            var kill = Judge(await RecordsAsync(faults, journals), state, faults, target);
            return isWatched && found.Count > 0 ? kill with { Problems = [.. kill.Problems, $"the watchdog left {string.Join(", ", found.Select(fault => fault.Fault))}"] } : kill;
        }
        finally
        {
            target.Kill();
            await target.WaitForExitAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task StrikeAsync(Process host, IFolderDisaster? prepared)
    {
        if (prepared is not null)
        {
            prepared.Strike();
            return;
        }

        using var sent = Process.Start(new ProcessStartInfo("kill", ["-" + signal, Text(host.Id)]) { RedirectStandardError = true })!;
        await sent.WaitForExitAsync();
    }

    private ProcessStartInfo Plan(string folder, int target)
    {
        var path = typeof(KillSweep).Assembly.Location;
        // Whoever runs this may ignore signals, which is inherited.
        return new ProcessStartInfo("env", ["--default-signal=HUP,INT,TERM", "dotnet", "exec", path, "sweep", folder, Text(target), isWatched ? "watched" : "alone", jumps ? "jumps" : "steady"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
    }

    // A journal in which nothing was noted yet may stay: its run had no watchdog, as it had broken nothing.
    private static async Task UndoneAsync(string faults)
    {
        var since = Stopwatch.GetTimestamp();
        while (Directory.Exists(faults) && new DirectoryInfo(faults).EnumerateFiles("*.faults.jsonl").Any(file => file is { Exists: true, Length: > 0 }) && Stopwatch.GetElapsedTime(since) < UndoneWithin)
        {
            await Task.Delay(10);
        }
    }

    // What the process wrote itself, and what the next start makes of what it left.
    private static async Task<IReadOnlyList<RunRecord>> RecordsAsync(string faults, string journals)
    {
        var options = new RunnerOptions { FaultJournalFolder = faults, Recorders = [new JournalRecorder(journals)] };
        using (var scope = RunScope.Open(options, [], CancellationToken.None))
        {
            await scope.SealAsync(ScopeEnd.Well);
        }

        return Directory.Exists(journals) ? [.. Directory.EnumerateFiles(journals, "*" + Journal.Suffix).Select(path => Journal.Read(File.ReadAllBytes(path)))] : [];
    }

    private static SweptKill Judge(IReadOnlyList<RunRecord> records, string state, string faults, Process target)
    {
        var problems = new List<string>();
        var markers = Directory.EnumerateFiles(state).Select(path => Path.GetFileName(path)!).ToList();
        problems.AddRange(markers.Where(name => name.EndsWith(RestoreMarker.Broken, StringComparison.Ordinal)).Select(name => $"{name} is left"));
        problems.AddRange(markers.GroupBy(name => name.Split('.')[0]).Where(group => group.Count() > 1).Select(group => $"{group.Key} was broken {group.Count()} times"));
        if (StateOf(target) is var seen and 'T')
        {
            problems.Add($"the process is left in state {seen}");
        }

        // A watchdog looks again for two seconds, and has a file of its own meanwhile.
        var since = Stopwatch.GetTimestamp();
        var left = Left(faults);
        while (left.Count > 0 && Stopwatch.GetElapsedTime(since) < UndoneWithin)
        {
            Thread.Sleep(20);
            left = Left(faults);
        }

        problems.AddRange(left.Select(name => $"the file {name} is left"));
        // One that was killed before it began left nothing at all.
        if (records.Count != 1 && (records.Count > 0 || markers.Count > 0))
        {
            problems.Add($"{records.Count} records");
        }

        var record = records.Count > 0 ? records[0] : null;
        var phase = record is null ? "" : record.Interrupted ? record.Phases.Single(phase => phase.Status == PhaseStatus.Broken).Name.ToString() : "recorded";
        return new SweptKill(phase, record?.Outcome.ToString() ?? "", markers.Count, problems);
    }

    private static List<string> Left(string faults) => Directory.Exists(faults) ? [.. Directory.EnumerateFiles(faults).Select(path => Path.GetFileName(path)!)] : [];

    private static char StateOf(Process process)
    {
        var stat = File.ReadAllText($"/proc/{Text(process.Id)}/stat");
        return stat[stat.LastIndexOf(')') + 2];
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
