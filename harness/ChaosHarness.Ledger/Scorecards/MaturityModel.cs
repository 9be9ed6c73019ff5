using System.Globalization;
using ChaosHarness.Ledger.Runs;

namespace ChaosHarness.Ledger.Scorecards;

/// <summary>
/// The maturity levels of the reliability pillar, each of their criteria turned into a question to the ledger. What a run can show by itself is read
/// from the run; what it is a test of, such as a restore or a region, is what its labels say, and counts only when it passed.
/// </summary>
public static class MaturityModel
{
    private const int NamesShown = 3;

    private static readonly Dictionary<string, string> HowTos = new(StringComparer.Ordinal)
    {
        ["Basic monitoring"] = "Give the system Signals: its health checks or alerts, as PolledSignals, a LogFile or an ISignalSource.",
        ["Recovery procedures"] = "Inject a fault that users feel, and let the experiment pass: by the system itself, or by the way back of the fault.",
        ["Redundancy and backups"] = "Inject a fault that users feel, and give the experiment a workload with a read-back: an HttpWorkload, or a Workload and ReadBack.",
        ["Incident response"] = "Run any experiment to its end whose fault users feel, or the system notices.",
        ["Several zones"] = "Name the Zone of each Component, and inject faults into all of one zone.",
        ["Automated failover"] = "Report who is primary as a signal of kind Promoted, or label an experiment [Category(\"failover\")].",
        ["Regular tests of backups"] = "Inject a restore (PostgresRestore), or write an experiment that restores and compares, and label it [Category(\"backup\")].",
        ["Load balancing"] = "Hit an instance of a service that has others, and let the workload go through the balancer.",
        ["Automatic scaling"] = "Write an experiment that needs more capacity than there is, and label it [Category(\"scaling\")].",
        ["Structured incident response"] = "Run the profile failover-drill or game-day, or label an experiment that follows a runbook [Category(\"runbook\")]; its fault has to be felt or noticed.",
        ["Several regions"] = "Write an experiment that loses a region, and label it [Category(\"region\")].",
        ["Chaos engineering"] = "Write more experiments, and run them nightly.",
        ["Comprehensive monitoring"] = "See in the runs that nobody noticed what should have: a health check, a breaker or an alert.",
        ["Self-healing"] = "See in the runs that only the way back ended what should have healed them.",
        ["Global distribution"] = "Lose a region under load, with an objective of no interruption.",
        ["Detection before users notice"] = "Hit what is redundant, and report what notices it as a signal.",
        ["Advanced chaos engineering"] = "Inject different faults in parallel: Schedule.InParallel.",
        ["Continuous optimization"] = "Run a profile every week, and mend what gets worse.",
    };

    /// <summary>Assesses the maturity.</summary>
    /// <param name="book">The evidence.</param>
    /// <param name="now">The wall clock.</param>
    /// <returns>The levels, and the one that is reached.</returns>
    public static Maturity Assess(EvidenceBook book, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(book);
        var ask = new Questions(book, now);
        IReadOnlyList<MaturityLevel> levels = [new(1, "Basic (reactive)", Basic(ask)), new(2, "Managed (proactive)", Managed(ask)), new(3, "Advanced (resilient)", Advanced(ask)), new(4, "Optimized (antifragile)", Optimized(ask))];
        return new Maturity(levels.TakeWhile(level => level.IsMet).Count(), [.. levels.Select(level => level with { Criteria = [.. level.Criteria.Select(criterion => criterion with { HowTo = HowTos[criterion.Name] })] })]);
    }

    private static List<MaturityCriterion> Basic(Questions ask) =>
    [
        ask.Any("Basic monitoring", "In a year, some failure was noticed by the system itself.", 365, row => row.IsConclusive && row.Shows(RunEvidence.Detected)),
        ask.Any("Recovery procedures", "In a year, some experiment passed whose faults had an effect: the system recovered, by hand or by itself.", 365, HasSurvived),
        ask.Any("Redundancy and backups", "In a year, acknowledged writes were looked up after a failure that had an effect.", 365, row => row.IsConclusive && row.Shows(RunEvidence.EffectSeen) && row.Shows(RunEvidence.Reconciled)),
        ask.Any("Incident response", "In a year, some failure that had an effect was judged.", 365, row => row.IsConclusive && row.Shows(RunEvidence.EffectSeen)),
    ];

    private static List<MaturityCriterion> Managed(Questions ask) =>
    [
        ask.Any("Several zones", "In 90 days, an experiment passed in which every component of a zone was hit.", 90, row => HasSurvived(row) && row.Shows(RunEvidence.ZoneLost)),
        ask.Any("Automated failover", "In 90 days, an experiment passed in which another node became primary, or one labelled failover in which users were served before the fault was undone.", 90, IsAutomatedFailover),
        ask.Count("Regular tests of backups", "In 90 days, at least two runs passed that restored a backup, or are labelled backup.", 90, 2, row => row.HasPassed && row.IsOfBackups),
        ask.Any("Load balancing", "In 90 days, an experiment passed in which instances of a service were hit and users were served before the fault was undone.", 90, row => HasSurvived(row) && row.Shows(RunEvidence.ServiceHit) && row.Shows(RunEvidence.HealedItself)),
        ask.Any("Automatic scaling", "In 90 days, an experiment labelled scaling passed.", 90, row => row.HasPassed && row.IsLabelled("scaling")),
        ask.Any("Structured incident response", "In 90 days, an experiment passed whose faults had an effect, in a failover drill or a game day, or with a runbook.", 90, row => HasSurvived(row) && (row.Profile is "failover-drill" or "game-day" || row.IsLabelled("runbook"))),
    ];

    private static List<MaturityCriterion> Advanced(Questions ask) =>
    [
        ask.Any("Several regions", "In 90 days, an experiment labelled region passed in which users were served before the fault was undone.", 90, row => HasSurvived(row) && row.IsLabelled("region") && row.Shows(RunEvidence.HealedItself)),
        ask.Breadth("Chaos engineering", "In 30 days, at least ten different experiments were conclusive, and nine of ten runs passed.", 10, 0.9),
        ask.Share("Comprehensive monitoring", "In 90 days, the system noticed at least 95% of the failures that interrupted users.", 0.95, row => row.InterruptionsNoticed, row => row.Interruptions),
        ask.Share("Self-healing", "In 90 days, users were served before the fault was undone in at least 95% of the runs whose faults had an effect.", 0.95, row => row.Shows(RunEvidence.EffectSeen) && row.Shows(RunEvidence.HealedItself) ? row.Runs90 : 0, row => row.Shows(RunEvidence.EffectSeen) ? row.Runs90 : 0),
    ];

    private static List<MaturityCriterion> Optimized(Questions ask) =>
    [
        ask.Any("Global distribution", "In 90 days, an experiment labelled region passed whose users noticed nothing.", 90, row => row.HasPassed && row.IsLabelled("region") && row.Shows(RunEvidence.Absorbed)),
        ask.Different("Detection before users notice", "In 90 days, at least three different experiments passed in which the system noticed and its users did not.", 3, row => row.HasPassed && row.Shows(RunEvidence.Absorbed)),
        ask.Any("Advanced chaos engineering", "In 90 days, an experiment passed in which different faults struck at the same time.", 90, row => HasSurvived(row) && row.Shows(RunEvidence.SeveralFaults)),
        ask.Continuity("Continuous optimization", "Runs in each of the last twelve weeks, and no experiment that got worse."),
    ];

    private static bool IsAutomatedFailover(EvidenceRow row) =>
        HasSurvived(row) && (row.Shows(RunEvidence.FailedOver) || (row.IsLabelled("failover") && row.Shows(RunEvidence.HealedItself)));

    // A fault that nobody felt was not survived.
    private static bool HasSurvived(EvidenceRow row) => row.HasPassed && row.Shows(RunEvidence.EffectSeen);

    private sealed class Questions(EvidenceBook book, DateTimeOffset now)
    {
        public MaturityCriterion Any(string name, string rule, int days, Func<EvidenceRow, bool> shows) => Count(name, rule, days, 1, shows);

        public MaturityCriterion Count(string name, string rule, int days, long least, Func<EvidenceRow, bool> shows)
        {
            var rows = Within(days).Where(shows).ToList();
            var runs = rows.Sum(row => days == 90 ? row.Runs90 : row.Runs);
            return new MaturityCriterion(name, rule, runs >= least, runs == 0 ? "No such run." : Describe(rows, runs) + (runs >= least ? "" : Text($" {least} are needed.")));
        }

        public MaturityCriterion Different(string name, string rule, int least, Func<EvidenceRow, bool> shows)
        {
            var rows = Within(90).Where(shows).ToList();
            var different = rows.Select(row => row.ExperimentId).Distinct().Count();
            return new MaturityCriterion(name, rule, different >= least, different == 0 ? "No such run." : Describe(rows, rows.Sum(row => row.Runs90)) + (different >= least ? "" : Text($" {least} experiments are needed.")));
        }

        public MaturityCriterion Breadth(string name, string rule, int least, double share)
        {
            var rows = book.Rows.Where(row => row.IsConclusive && row.Runs30 > 0).ToList();
            var experiments = rows.Select(row => row.ExperimentId).Distinct().Count();
            var (passed, all) = (rows.Where(row => row.HasPassed).Sum(row => row.Runs30), rows.Sum(row => row.Runs30));
            return new MaturityCriterion(name, rule, experiments >= least && passed >= share * all, all == 0 ? "No such run." : Text($"{experiments} experiments, {passed} of {all} runs passed."));
        }

        public MaturityCriterion Share(string name, string rule, double least, Func<EvidenceRow, long> some, Func<EvidenceRow, long> all)
        {
            var rows = Within(90).Where(row => row.IsConclusive).ToList();
            var (part, whole) = (rows.Sum(some), rows.Sum(all));
            return new MaturityCriterion(name, rule, whole > 0 && part >= least * whole, whole == 0 ? "No such run." : Text($"{part} of {whole} runs, {Math.Floor(1000.0 * part / whole) / 10:0.#}%."));
        }

        public MaturityCriterion Continuity(string name, string rule)
        {
            var (weeks, worse) = (book.Weeks.Count, book.Worse);
            var decay = worse.Count == 0 ? "no experiment got worse" : $"got worse: {Names(worse.Select(card => card.Name))}";
            return new MaturityCriterion(name, rule, weeks == EvidenceBook.WeeksLookedAt && worse.Count == 0 && book.Experiments.Count > 0, Text($"Runs in {weeks} of the last {EvidenceBook.WeeksLookedAt} weeks; {decay}."));
        }

        private IEnumerable<EvidenceRow> Within(int days) => book.Rows.Where(row => days == 90 ? row.Runs90 > 0 : row.Runs > 0);

        private string Describe(List<EvidenceRow> rows, long runs)
        {
            var last = DateTimeOffset.FromUnixTimeMilliseconds(rows.Max(row => row.Last));
            var days = (int)Math.Max((now - last).TotalDays, 0);
            var when = days switch { 0 => "today", 1 => "yesterday", _ => Text($"{days} days ago") };
            return Text($"{Names(rows.OrderByDescending(row => row.Last).Select(row => book.NameOf(row.ExperimentId)).Distinct())}: {runs} {(runs == 1 ? "run" : "runs")}, the last {when}.");
        }

        private static string Names(IEnumerable<string> names)
        {
            var all = names.ToList();
            return string.Join("; ", all.Take(NamesShown)) + (all.Count > NamesShown ? Text($" and {all.Count - NamesShown} more") : "");
        }

        private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
    }
}
