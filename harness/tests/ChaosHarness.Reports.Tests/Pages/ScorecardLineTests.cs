using ChaosHarness.Experiments;
using ChaosHarness.Ledger.Tests.Runs;
using ChaosHarness.Reports.Pages;

namespace ChaosHarness.Reports.Tests.Pages;

public sealed class ScorecardLineTests
{
    [Test]
    public async Task A_first_drill_that_came_to_no_conclusion_is_not_overdue()
    {
        var scorecard = await Scorecards.OfAsync([Make.Run("a", outcome: Outcome.Invalid) with { Reason = "The experiment has 1 mistake:\n  Rto is 'banana'" }, Make.Run("b", outcome: Outcome.Broken)]);

        Assert.That(ScorecardLine.Write(scorecard), Does.StartWith("DR scorecard: no run passed or failed in 30 days, 0 of 2 objectives at risk, 0 overdue, 2 never concluded, maturity "));
        Assert.That(ScorecardPage.Write(scorecard, AllureLinks.Read("none", "none")), Does.Contain("<h3>Never concluded</h3>").And.Contain("1 run without a conclusion, the last Invalid: The experiment has 1 mistake: Rto is &#39;banana&#39;").And.Not.Contain("of DR tests").And.Not.Contain("<h3>Overdue</h3>"));
    }

    [Test]
    public async Task It_counts_runs() =>
        Assert.That(ScorecardLine.Write(await Scorecards.OfAsync([Make.Run("a"), Make.Run("a"), Make.Run("b")])), Does.StartWith("DR scorecard: 100% of 3 runs passed in 30 days, 0 of 2 objectives at risk, 0 overdue, maturity "));
}
