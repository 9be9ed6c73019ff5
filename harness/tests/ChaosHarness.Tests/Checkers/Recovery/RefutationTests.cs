using ChaosHarness.Checkers.Recovery;
using ChaosHarness.Histories;
using ChaosHarness.Timing;

namespace ChaosHarness.Tests.Checkers.Recovery;

/// <summary>An assumption about how long requests take, at the very edge of what refutes it: 10 ms are assumed, all struck at 100 ms, served again from 200 ms on.</summary>
public sealed class RefutationTests
{
    private static readonly Refutation Assumption = new(RequestTable.Ms(10), RequestTable.Ms(100), RequestTable.Ms(100), RequestTable.Ms(200));

    // Sent late by the harness, from the strike on.
    [TestCase("g 110-112 due 100", false)]
    [TestCase("g 110.1-112 due 100", true)]
    [TestCase("g 100-101 due 89", true, TestName = "in the very moment of the strike")]
    [TestCase("g 99.9-101 due 80", false, TestName = "before the strike that says nothing")]
    // Longer than assumed although nothing had struck.
    [TestCase("g 50-60", false)]
    [TestCase("g 50-60.1", true)]
    [TestCase("? 50", true)]
    [TestCase("g 90-120", false, TestName = "it could have met the strike")]
    [TestCase("g 89.9-120", true)]
    // Longer than assumed after everything was over.
    [TestCase("g 200-210", false)]
    [TestCase("g 200-210.1", true)]
    [TestCase("g 199.9-215", false)]
    [TestCase("E 250-290", false, TestName = "what failed met something")]
    public void Only_what_contradicts_it_refutes_it(string table, bool isRefuted) => Assert.That(IsRefuted(table, 400), Is.EqualTo(isRefuted));

    [TestCase(110, false)]
    [TestCase(110.1, true)]
    public void Who_was_not_sent_yet_though_it_was_due_refutes_it_too(double now, bool isRefuted) => Assert.That(IsRefuted("g 300-301 due 100", now), Is.EqualTo(isRefuted));

    [TestCase(100, 4.9, true)]
    [TestCase(99, 4.9, false)]
    [TestCase(100, 5, false)]
    public void Enough_answers_of_the_steady_state_narrow_the_rule_when_twice_the_longest_is_less(int count, double longest, bool isNarrower)
    {
        var rule = RequestRule.WithoutAssumption(null, RequestTable.Ms(10));

        Assert.That(new SteadyAnswers(count, RequestTable.Ms(longest)).Narrow(rule), isNarrower ? Is.EqualTo(rule with { Longest = RequestTable.Ms(2 * longest) }) : Is.Null);
    }

    [TestCase(false, false, null, null, null)]
    [TestCase(false, true, 50d, null, null)]
    [TestCase(true, true, null, true, null)]
    [TestCase(true, false, null, false, null)]
    [TestCase(true, true, 50d, true, null)]
    [TestCase(true, true, 49.9, false, 0.1)]
    public void Who_healed_before_anything_was_undone_healed_by_itself(bool interrupted, bool recovered, double? began, bool? healed, double? after)
    {
        var bounds = new RecoveryBounds(interrupted, recovered, RequestTable.Ms(20), RequestTable.Ms(21), RequestTable.Ms(50), RequestTable.Ms(50));
        var settings = new RecoverySettings(null, RequestTable.Ms(10), new Stability(1, TimeSpan.Zero), new TimeWindow(TimeSpan.Zero, TimeSpan.Zero), new TimeWindow(TimeSpan.Zero, TimeSpan.Zero));

        var back = WayBack.Of(bounds, began is { } start ? RequestTable.Ms(start) : null, settings, () => throw new InvalidOperationException("nothing was to be read"));

        Assert.That((back.HealedByItself, back.AfterRevert?.Upper), Is.EqualTo((healed, after is { } upper ? RequestTable.Ms(upper) : (TimeSpan?)null)));
    }

    private static bool IsRefuted(string table, double now) => Assumption.IsIn(new KnownRequests(new RequestTable(RequestTable.Parse(table), RequestTable.Ms(now))));
}
