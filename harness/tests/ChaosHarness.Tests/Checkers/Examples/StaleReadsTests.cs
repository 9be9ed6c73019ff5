using ChaosHarness.Checkers;
using ChaosHarness.Histories;

namespace ChaosHarness.Tests.Checkers.Examples;

public sealed class StaleReadsTests
{
    private static readonly StaleReads Checker = new("writes", "reads");

    [Test]
    public void A_read_that_returns_less_than_was_promised_before_it_was_sent_is_stale()
    {
        // Version 1 is promised at 1.5 s and version 2 at 2.5 s.
        var run = Run()
            .Send("reads", 1.4, value: 0)
            .Send("reads", 2, value: 1)
            .Send("reads", 2.4, 1, value: 1)
            .Send("reads", 2.6, value: 1)
            .Send("reads", 3, value: 2)
            .Send("reads", 3.1, verdict: OperationVerdict.Error)
            .Send("reads", 3.2, value: 0);

        var verdict = Checker.AtMost(1).Judge(run.Until(10));

        Assert.That((verdict.Objective, verdict.Actual, verdict.Met, verdict.MissedBy), Is.EqualTo(("at most 1 stale reads of reads", "2 of 6 reads were stale", false, "1")));
        Assert.That(verdict.Figures, Is.EqualTo(new[] { Figure.Exact("stale reads", "", Unit.Count, 2) }));
        Assert.That(Checker.AtMost(2).Judge(run.Until(10)).Met, Is.True);
    }

    [Test]
    public void Acknowledgements_that_overtake_each_other_promise_the_highest_version()
    {
        var run = new RecordedRun().Source("writes", isWorkload: true).Source("reads").Send("writes", 1, 1, value: 2).Send("writes", 1.1, 2, value: 1).Send("reads", 4, value: 1);

        Assert.That(Checker.Check(run.Until(10)), Has.Property("Stale").EqualTo(1));
    }

    [Test]
    public void A_write_that_failed_promised_nothing()
    {
        var run = Run().Send("writes", 3, 0.1, OperationVerdict.Error, value: 9).Send("reads", 4, value: 2);

        Assert.That(Checker.AtMost(0).Judge(run.Until(10)).Met, Is.True);
    }

    [Test]
    public void Without_a_read_nobody_knows() => Assert.That(Checker.AtMost(0).Judge(Run().Until(10)).Met, Is.False);

    [Test]
    public void A_probe_that_there_is_not_is_named() =>
        Assert.That(new StaleReads("writes", "raeds").AtMost(0).Judge(Run().Until(10)).Actual, Does.Contain("'raeds'"));

    [Test]
    public void A_look_while_the_run_goes_on_sees_what_the_whole_history_says_of_that_time()
    {
        var run = Run();
        run.Every("reads", 0.1, 0, 5, due => run.Send("reads", due, 0.3, value: due < 4 ? 1 : 2));
        var looks = Enumerable.Range(0, 60).Select(tenth => run.Until(tenth / 10.0)).Select(look => (look.Until, Found: Checker.Check(look))).ToList();

        var whole = run.Until(10);

        Assert.That(looks.Select(look => Checker.Check(whole.Before(look.Until)).ToString()), Is.EqualTo(looks.Select(look => look.Found.ToString())));
        Assert.That(Checker.Check(whole).Stale, Is.EqualTo(14), "those sent after 2.5 s and before 4 s");
    }

    [Test]
    public void The_documentation_shows_this_checker_as_it_is_compiled()
    {
        var root = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "ChaosHarness.sln")))
        {
            root = root.Parent!;
        }

        var code = File.ReadAllText(Path.Combine(root.FullName, "harness", "tests", "ChaosHarness.Tests", "Checkers", "Examples", "StaleReads.cs"));
        var docs = File.ReadAllText(Path.Combine(root.FullName, "docs", "checkers.md"));
        Assert.That(docs.ReplaceLineEndings("\n"), Does.Contain(code.ReplaceLineEndings("\n").Replace("namespace ChaosHarness.Tests.Checkers.Examples;", "namespace Shop.Experiments;", StringComparison.Ordinal)));
    }

    private static RecordedRun Run() => new RecordedRun().Source("writes", isWorkload: true).Source("reads").Send("writes", 1, 0.5, value: 1).Send("writes", 2, 0.5, value: 2);
}
