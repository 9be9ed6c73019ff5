using ChaosHarness.Experiments;
using ChaosHarness.Ledger.Gates;
using ChaosHarness.Ledger.Runs;
using ChaosHarness.Ledger.Statistics;
using ChaosHarness.Ledger.Tests.Runs;

namespace ChaosHarness.Ledger.Tests.Gates;

public sealed class RegressionGateTests
{
    [Test]
    public void On_the_branch_of_the_baseline_what_came_before_the_latest_runs_is_the_baseline()
    {
        var finding = Judge([.. Runs(5, 2, "main"), .. Runs(20, 1, "main")], new GateOptions())!;

        Assert.That((finding.BaselineRuns, finding.LatestRuns, finding.Verdict), Is.EqualTo((20, 5, ChangeVerdict.Worse)));
    }

    [Test]
    public void On_another_branch_its_runs_are_held_against_the_baseline()
    {
        List<LedgerRun> runs = [.. Runs(3, 2, "faster"), .. Runs(5, 1, "main"), .. Runs(4, 9, "other"), .. Runs(20, 1, "main")];

        Assert.That(Judge(runs, new GateOptions())!.Verdict, Is.EqualTo(ChangeVerdict.Worse));
        Assert.That(Judge(runs, new GateOptions { Candidate = "main" })!.Verdict, Is.EqualTo(ChangeVerdict.Stable));
        Assert.That(Judge(runs, new GateOptions { Baseline = "nowhere" })!.Verdict, Is.EqualTo(ChangeVerdict.NotEnoughRuns));
        Assert.That(Judge(runs, new GateOptions { Candidate = "nowhere" }), Is.Null);
    }

    [Test]
    public void A_commit_can_be_the_baseline_by_its_beginning()
    {
        List<LedgerRun> runs = [.. Runs(5, 2, "main").Select(run => run with { Origin = run.Origin with { Commit = "ffffffffffff" } }), .. Runs(20, 1, "release")];

        Assert.That(Judge(runs, new GateOptions { Baseline = "0123456" })!.Verdict, Is.EqualTo(ChangeVerdict.Worse));
        Assert.That(Judge(runs, new GateOptions { Baseline = "012345" })!.Verdict, Is.EqualTo(ChangeVerdict.NotEnoughRuns), "six characters may be a branch");
    }

    [Test]
    public void Runs_that_say_nothing_and_attempts_that_were_made_again_do_not_count()
    {
        List<LedgerRun> runs =
        [
            .. Runs(5, 9, "main").Select(run => run with { Outcome = Outcome.Broken }),
            .. Runs(5, 1, "main"),
            .. Runs(5, 9, "main").Select(run => run with { IsReplaced = true }),
            .. Runs(20, 1, "main"),
        ];

        Assert.That(Judge(runs, new GateOptions())!.Verdict, Is.EqualTo(ChangeVerdict.Stable));
    }

    [Test]
    public void Nothing_to_judge_is_no_finding()
    {
        Assert.That(Judge([], new GateOptions()), Is.Null);
        Assert.That(Judge([Make.Run(outcome: Outcome.Halted)], new GateOptions()), Is.Null);
    }

    private static GateFinding? Judge(IReadOnlyList<LedgerRun> newestFirst, GateOptions options) => RegressionGate.Judge(newestFirst, options);

    private static IEnumerable<LedgerRun> Runs(int count, double rta, string branch) => Enumerable.Range(0, count).Select(i => Make.Run(rta: rta * (1 + (0.01 * (i % 5))), branch: branch));
}
