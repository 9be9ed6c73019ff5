using System.Text.Json;
using ChaosHarness.Ledger.Runs;
using ChaosHarness.Sweeps;

namespace ChaosHarness.Tool.Advice;

/// <summary>Which experiments a ledger has evidence of, whatever they were called: by what their faults did, and to what.</summary>
internal sealed class TestedCases(AdvisedSystem system)
{
    private static readonly string[] Losing = ["crash", "kill", "stop", "terminate", "lose", "reboot", "fail over", "failover", "power"];
    private static readonly string[] Freezing = ["freeze", "pause", "hang"];
    private static readonly string[] Cutting = ["partition", "cut", "flap", "disconnect", "drop"];
    private static readonly string[] Slowing = ["delay", "slow", "limit", "latency", "lose "];
    private static readonly string[] Restoring = ["restore", "backup", "pitr"];
    private readonly Dictionary<SweepCase, LedgerRun> _latest = [];

    /// <summary>The latest run in which something was restored; null when none was.</summary>
    public LedgerRun? Restored { get; private set; }

    /// <summary>How many runs of the system say something of it.</summary>
    public int Count { get; private set; }

    /// <summary>The latest run that says something of a case; null when there is none.</summary>
    public LedgerRun? Of(SweepCase one) => _latest.GetValueOrDefault(one);

    /// <summary>Takes a run into account; the oldest first. Runs of other systems are passed over.</summary>
    public void Add(LedgerEntry entry)
    {
        var run = entry.Run;
        if (run.System != system.Name || run.Environment != system.Environment || run.IsReplaced || !run.IsConclusive || !run.Evidence.Contains(RunEvidence.Injected))
        {
            return;
        }

        Count++;
        foreach (var one in CasesOf(run, FaultsOf(entry.Details)))
        {
            _latest[one] = run;
        }

        if (run.Labels.Append(run.Name).Append(run.ExperimentId).Any(text => Has(text, Restoring)))
        {
            Restored = run;
        }
    }

    private IEnumerable<SweepCase> CasesOf(LedgerRun run, IReadOnlyList<(string Description, IReadOnlyList<string> Targets)> faults)
    {
        foreach (var one in system.Expected.Where(one => run.Name == one.ToString()))
        {
            yield return one;
        }

        var targets = faults.SelectMany(fault => fault.Targets).ToHashSet(StringComparer.Ordinal);
        foreach (var part in system.Parts.Where(part => targets.Count == 1 && targets.Contains(part.Name)))
        {
            if (faults.Any(fault => Has(fault.Description, Losing)))
            {
                yield return new SweepCase(SweepKind.LoseComponent, part.Name);
            }

            if (faults.Any(fault => Has(fault.Description, Freezing)))
            {
                yield return new SweepCase(SweepKind.FreezeComponent, part.Name);
            }
        }

        foreach (var zone in system.Parts.GroupBy(part => part.Zone).Where(zone => zone is { Key: not null } && zone.Count() > 1 && zone.All(part => targets.Contains(part.Name))))
        {
            yield return new SweepCase(SweepKind.LoseZone, zone.Key!);
        }

        foreach (var link in system.Links)
        {
            var done = faults.Where(fault => fault.Targets.Contains(link.Name)).ToList();
            if (done.Any(fault => Has(fault.Description, Cutting)))
            {
                yield return new SweepCase(SweepKind.CutLink, link.Name);
            }

            if (done.Any(fault => Has(fault.Description, Slowing)))
            {
                yield return new SweepCase(SweepKind.SlowLink, link.Name);
            }
        }
    }

    private static bool Has(string text, string[] words) => words.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static List<(string Description, IReadOnlyList<string> Targets)> FaultsOf(RunDetails details)
    {
        try
        {
            using var faults = JsonDocument.Parse(details.Faults);
            return [.. faults.RootElement.EnumerateArray()
                .Where(fault => !(fault.TryGetProperty("isWeakness", out var weakness) && weakness.ValueKind == JsonValueKind.True))
                .Select(fault => (fault.GetProperty("description").GetString() ?? "", (IReadOnlyList<string>)[.. fault.GetProperty("targets").EnumerateArray().Select(target => target.GetString() ?? "")]))];
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // A run of a form that is not known shows nothing.
            return [];
        }
    }
}
