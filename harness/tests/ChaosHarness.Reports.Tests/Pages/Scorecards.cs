using ChaosHarness.Checkers;
using ChaosHarness.Experiments;
using ChaosHarness.Ledger;
using ChaosHarness.Ledger.FollowUps;
using ChaosHarness.Ledger.Runs;
using ChaosHarness.Ledger.Scorecards;
using ChaosHarness.Ledger.Tests.Runs;

namespace ChaosHarness.Reports.Tests.Pages;

/// <summary>Scorecards of ledgers made for a test.</summary>
internal static class Scorecards
{
    /// <summary>Names and messages that would do harm, were they ever taken for anything but text.</summary>
    public const string Hostile = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">\u001b[31m' onmouseover='document.title=1' \u202egnp.exe&amp;";

    public static ScorecardOptions Options { get; } = new() { CostPerMinute = 5600, Currency = "EUR" };

    public static async Task<Scorecard> OfAsync(IEnumerable<LedgerRun> runs, ScorecardOptions? options = null, Func<RunLedger, IReadOnlyList<LedgerRun>, Task>? then = null)
    {
        var folder = Directory.CreateTempSubdirectory("scorecard-");
        try
        {
            await using var ledger = await RunLedger.OpenAsync(LedgerAddress.Parse("ledger.db", folder.FullName));
            List<LedgerRun> all = [.. runs];
            await ledger.AppendAsync([.. all.Select(Make.Entry)]);
            if (then is not null)
            {
                await then(ledger, all);
            }

            return await ScorecardReader.ReadAsync(ledger, options ?? Options, Make.Now);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Findings of such runs: one that is late, one of a hostile system that is due, one whose run has passed since, and one that is closed.</summary>
    public static async Task AddFindingsAsync(RunLedger ledger, IReadOnlyList<LedgerRun> runs)
    {
        var today = DateOnly.FromDateTime(Make.Now.UtcDateTime);
        LedgerRun Last(string experiment) => runs.Last(run => run.ExperimentId == experiment);
        NewFollowUp[] findings =
        [
            new(Last("never").RunId, "The runbook names a server that is gone", FollowUpSeverity.Medium, "Ada", today.AddDays(9), "Bob"),
            new(Last("never").RunId, "Restore takes an hour", FollowUpSeverity.High, "Ada", today.AddDays(-6), "Bob"),
            new(Last(Hostile).RunId, Hostile, FollowUpSeverity.Low, Hostile, today, Hostile),
            new(runs.First(run => run.ExperimentId == "flapping").RunId, "The breaker flaps", FollowUpSeverity.Low, "Eve", today.AddDays(30), "Bob"),
            new(Last("replica").RunId, "A replica lags", FollowUpSeverity.High, "Eve", today.AddDays(-60), "Bob"),
        ];
        foreach (var finding in findings)
        {
            await FollowUpBook.OpenAsync(ledger, finding);
        }

        await FollowUpBook.CloseByPersonAsync(ledger, findings.Length, "Ann", "it may");
    }

    /// <summary>A history in which everything happens: decay, failures, losses, a recovery that never came, a test forgotten, and hostile names.</summary>
    public static IEnumerable<LedgerRun> Eventful()
    {
        var random = new Random(5);
        double Noise() => 0.9 + (0.2 * random.NextDouble());
        for (var day = 60; day > 0; day--)
        {
            yield return Make.Run("orders-survive-the-loss-of-the-primary", 0.8 * Noise(), daysAgo: day) with { Name = "Orders survive the loss of the primary", Evidence = [RunEvidence.Detected, RunEvidence.EffectSeen, RunEvidence.FailedOver, RunEvidence.HealedItself, RunEvidence.Injected, RunEvidence.Interrupted, RunEvidence.Reconciled] };
            yield return Make.Run("zone-is-lost", (day > 5 ? 0.6 : 1.1) * Noise(), daysAgo: day) with { Name = "A zone is lost and the others carry on", Evidence = [RunEvidence.Detected, RunEvidence.EffectSeen, RunEvidence.HealedItself, RunEvidence.Injected, RunEvidence.Interrupted, RunEvidence.ServiceHit, RunEvidence.ZoneLost] };
            yield return Make.Run("flapping", 0.3 * Noise(), day % 5 == 0 ? Outcome.Failed : Outcome.Passed, daysAgo: day) with { Name = "Breaker does not flap with a link that does" };
            yield return (Make.Run("replica", 1.7 * Noise(), daysAgo: day) with { Name = "Lagging replica takes over" }).Measuring(FigureNames.LostWrites, random.Next(20)).Measuring(FigureNames.RecoveryPoint, 0.3);
        }

        yield return Make.Run("never", double.PositiveInfinity, Outcome.Failed, daysAgo: 2) with { Name = "Region is lost" };
        yield return Make.Run("forgotten", 1, daysAgo: 50) with { Name = "Backup is restored", Labels = ["backup"] };
        yield return Make.Run("halted", 1, Outcome.Halted, daysAgo: 1) with { Name = "Half of the instances stop", Figures = [] };
        var hostile = Make.Run(Hostile, 1, Outcome.Failed, daysAgo: 1);
        yield return hostile with { Name = Hostile, System = Hostile, Environment = Hostile, Topology = Hostile, Parameters = RunSeries.Write([KeyValuePair.Create(Hostile, Hostile)]), Reason = Hostile, Figures = [.. hostile.Figures, new RecordedFigure(new Figure(FigureNames.TimeToDetect, Hostile, new Unit(Hostile), 0.1, 0.2))] };
    }
}
