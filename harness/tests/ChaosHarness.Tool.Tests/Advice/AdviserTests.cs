using ChaosHarness.Experiments;
using ChaosHarness.Ledger.Runs;
using ChaosHarness.Ledger.Tests.Runs;
using ChaosHarness.Systems;
using ChaosHarness.Tool.Advice;

namespace ChaosHarness.Tool.Tests.Advice;

public sealed class AdviserTests
{
    private static readonly AdvisedSystem Shop = new("shop", "local",
    [
        new Component("web", ComponentKind.Service, "a"), new Component("db", ComponentKind.Database, "a"), new Component("web to db", ComponentKind.Link),
    ]) { Objectives = ["rto", "rpo", "availability"] };

    [Test]
    public void Of_what_was_never_tested_the_most_important_comes_first() =>
        Assert.That(Lacking(), Is.EqualTo(new[] { "lose db", "lose web", "restore", "lose zone a", "slow web to db", "cut web to db", "freeze db", "freeze web", "restart shop one by one" }));

    [TestCase("crash db", "db", "lose db")]
    [TestCase("terminate web", "web", "lose web")]
    [TestCase("freeze web", "web", "freeze web")]
    [TestCase("partition web to db (stalled)", "web to db", "cut web to db")]
    [TestCase("delay web to db by 300ms", "web to db", "slow web to db")]
    public void What_a_fault_did_is_evidence_whatever_the_test_was_called(string description, string target, string tested) =>
        Assert.That(Lacking(Run(1, (description, target))), Does.Not.Contain(tested).And.Count.EqualTo(8));

    [Test]
    public void All_of_a_zone_together_is_the_zone_and_none_of_them_alone() =>
        Assert.That(Lacking(Run(1, ("crash db", "db"), ("crash web", "web"))), Does.Not.Contain("lose zone a").And.Contain("lose db").And.Contain("lose web"));

    [Test]
    public void Evidence_that_is_too_old_counts_for_less_and_a_failure_for_most()
    {
        var old = Items(Run(91, ("crash db", "db"))).Single(item => item.Subject == "lose db");
        Assert.That((old.Reason, old.Importance, old.Text), Is.EqualTo((AdviceReason.TooOld, 67, "'lose db' ran last 91 days ago, and evidence counts for 90.")));

        Assert.That(Items(Run(89, ("crash db", "db"))).Select(item => item.Subject), Does.Not.Contain("lose db"));
        Assert.That(Items(Run(1, Outcome.Failed, ("crash db", "db")))[0], Has.Property(nameof(AdviceItem.Reason)).EqualTo(AdviceReason.LastOneFailed).And.Property(nameof(AdviceItem.Subject)).EqualTo("lose db"));
        Assert.That(Lacking(Run(2, Outcome.Failed, ("crash db", "db")), Run(1, ("crash db", "db"))), Does.Not.Contain("lose db"), "mended");
    }

    [Test]
    public void What_says_nothing_of_the_system_is_no_evidence()
    {
        var run = Run(1, ("crash db", "db"));
        Assert.That(Lacking(run with { Run = run.Run with { Outcome = Outcome.Inconclusive } }), Does.Contain("lose db"));
        Assert.That(Lacking(run with { Run = run.Run with { System = "other" } }), Does.Contain("lose db"));
        Assert.That(Lacking(run with { Run = run.Run with { Evidence = [] } }), Does.Contain("lose db"));
        Assert.That(Lacking(run with { Details = run.Details with { Faults = "no json" } }), Does.Contain("lose db"));
    }

    [Test]
    public void A_restore_is_known_by_its_name_and_objectives_that_are_missing_are_named()
    {
        var run = Run(1, ("wipe", "db"));
        Assert.That(Lacking(run with { Run = run.Run with { Labels = ["restore"] } }), Does.Not.Contain("restore"));

        Assert.That(new Adviser(Shop with { Objectives = [] }, new TestedCases(Shop), Make.Now, TimeSpan.FromDays(90)).Items().Select(item => item.Subject), Is.SupersetOf(new[] { "objective rto", "objective rpo", "objective availability" }));
    }

    private static List<string> Lacking(params LedgerEntry[] runs) => [.. Items(runs).Select(item => item.Subject)];

    private static IReadOnlyList<AdviceItem> Items(params LedgerEntry[] runs)
    {
        var tested = new TestedCases(Shop);
        foreach (var run in runs)
        {
            tested.Add(run);
        }

        return new Adviser(Shop, tested, Make.Now, TimeSpan.FromDays(90)).Items();
    }

    private static LedgerEntry Run(double daysAgo, params (string Description, string Target)[] faults) => Run(daysAgo, Outcome.Passed, faults);

    private static LedgerEntry Run(double daysAgo, Outcome outcome, params (string Description, string Target)[] faults)
    {
        var entry = Make.Entry(Make.Run(outcome: outcome, daysAgo: daysAgo));
        return entry with { Details = entry.Details with { Faults = $"[{string.Join(',', faults.Select(fault => $$"""{"description":"{{fault.Description}}","targets":["{{fault.Target}}"]}"""))}]" } };
    }
}
