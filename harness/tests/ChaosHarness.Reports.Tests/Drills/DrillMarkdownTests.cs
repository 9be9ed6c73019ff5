using ChaosHarness.Checkers;
using ChaosHarness.Experiments;
using ChaosHarness.Ledger.Runs;
using ChaosHarness.Ledger.Tests.Runs;
using ChaosHarness.Reports.Drills;

namespace ChaosHarness.Reports.Tests.Drills;

public sealed class DrillMarkdownTests
{
    [Test]
    public void Recovery_times_are_blocks_and_those_that_never_came_are_crosses()
    {
        List<LedgerRun> runs = [Make.Run(rta: 0), Make.Run(rta: 1), Make.Run(rta: double.PositiveInfinity), Make.Run(rta: 2), Make.Run().Without(FigureNames.RecoveryTime)];

        Assert.That(DrillMarkdown.Course(runs), Is.EqualTo("\u2581\u2585x\u2588"));
        Assert.That(DrillMarkdown.Course([]), Is.Empty);
    }

    [Test]
    public void Names_and_messages_stay_text()
    {
        var text = DrillMarkdown.Write([new DrillRow("a | b <img src=x> [x](http://evil) `c` @everyone\n# x", Outcome.Failed, "because\n| of", null)], new Dictionary<RunSeries, IReadOnlyList<LedgerRun>>());

        var row = text.Split('\n').Single(line => line.StartsWith("| a", StringComparison.Ordinal));
        Assert.That(row, Does.StartWith("| a \\| b &lt;img src\\=x&gt; \\[x\\]\\(http\\://evil\\) \\`c\\` &#64;&#8288;everyone \\# x | \u274c Failed | - | - |"));
        Assert.That(DrillMarkdown.Write([new DrillRow("\u202egnippihs \u001b[2J", Outcome.Passed, null, null)], new Dictionary<RunSeries, IReadOnlyList<LedgerRun>>()), Does.Not.Contain("\u202e").And.Not.Contain("\u001b").And.Contain("gnippihs"));
        Assert.That(text, Does.StartWith("## DR tests: 0 of 1 passed, 1 failed").And.Contain("- **Failed: a ").And.Contain("because \\| of"));
    }
}
