using ChaosHarness.Faults;
using ChaosHarness.Schedules;
using ChaosHarness.Systems;

namespace ChaosHarness.Tests.Schedules;

public sealed class ScheduleMistakesTests
{
    private static readonly Fault A = Break("a");
    private static readonly Fault B = Break("b");
    private static readonly SignalMatch Promotion = new(SignalKind.Promoted);

    private static IEnumerable<TestCaseData> Wrong =>
    [
        new TestCaseData(Schedule.At("soon", A), "At: 'soon' is not a duration"),
        new TestCaseData(A.For("long"), "For: 'long' is not a duration"),
        new TestCaseData(A.For("1s").Times(2, "a bit"), "Times: 'a bit' is not a duration"),
        new TestCaseData(A.For("1s").Times(0, "1s"), "Times: 'break a for 1s' has to happen at least once, not 0 times"),
        new TestCaseData(((Schedule)A).Times(2, "1s"), "Times: 'break a' does not end before it would strike again; add For"),
        new TestCaseData(Schedule.InParallel(), "InParallel: the list is empty"),
        new TestCaseData(Schedule.InSequence(), "InSequence: the list is empty"),
        new TestCaseData(Schedule.Ramp("latency", [], "1s", _ => A), "Ramp 'latency': the list is empty"),
        new TestCaseData(Schedule.Ramp("latency", ["1ms"], "x", _ => A), "For: 'x' is not a duration"),
        new TestCaseData(Schedule.Ramp("latency", ["1ms"], "1s", Fault (_) => throw new InvalidOperationException("no link")), "Ramp 'latency', step 1ms: no link"),
        new TestCaseData(Schedule.After(Promotion, (Schedule)A, "x"), "After: 'x' is not a duration"),
        new TestCaseData(Schedule.After(Promotion, Array.Empty<Node>(), node => Break(node.Component.Name)), "After signal Promoted: there is nothing that could strike"),
        new TestCaseData(Schedule.After(Promotion, [new Node("n1")], Fault (_) => throw new InvalidOperationException("cannot")), "After signal Promoted of n1: cannot"),
        new TestCaseData(Schedule.Do(" ", _ => ValueTask.CompletedTask), "Do: say what is done"),
        new TestCaseData(Schedule.Do("deploy", _ => ValueTask.CompletedTask, "x"), "Do: 'x' is not a duration"),
        new TestCaseData(((Schedule)A).Named(""), "Named: a name has at least one letter"),
        new TestCaseData(A.For("10m"), "For: 'break a' is to last 10m, which is not below its maximum duration"),
        new TestCaseData((Schedule)A.AtMost("x"), "AtMost of 'break a': 'x' is not a duration"),
    ];

    [TestCaseSource(nameof(Wrong))]
    public void A_mistake_is_kept_and_named_wherever_it_stands(Schedule schedule, string mistake)
    {
        Assert.That(schedule.Mistakes.Single(), Does.StartWith(mistake));
        foreach (var around in new[]
        {
            Schedule.At("1s", schedule), schedule.Named("x"), Schedule.InParallel(schedule, B), Schedule.InSequence(B, schedule), Schedule.After(Promotion, schedule),
            Schedule.InParallel(Schedule.InSequence(schedule)).For("1s").Times(2, "1s"),
        })
        {
            Assert.That(around.Mistakes.Any(found => found.StartsWith(mistake, StringComparison.Ordinal)), Is.True, around.ToString());
        }
    }

    [Test]
    public void Several_are_all_named() => Assert.That(Schedule.InParallel(Schedule.At("x", A), B.For("y"), Schedule.InSequence()).Mistakes, Has.Count.EqualTo(3));

    [Test]
    public void What_ends_by_itself_may_be_repeated_and_nothing_else()
    {
        var (ends, stays, action) = (A.For("1s"), (Schedule)B, Schedule.Do("deploy", _ => ValueTask.CompletedTask));
        foreach (var good in new[] { ends, action, Schedule.InParallel(ends, action), Schedule.InSequence(ends, action), Schedule.After(Promotion, ends), Schedule.InParallel(stays, ends).For("1s") })
        {
            Assert.That(good.Times(1, "1s").Mistakes.Concat(good.Times(2, "1s").Mistakes), Is.Empty, good.ToString());
        }

        foreach (var bad in new[] { stays, Schedule.InParallel(ends, stays), Schedule.InSequence(stays, ends), Schedule.After(Promotion, stays), Schedule.After(Promotion, [new Node("n1"), new Node("n2")], node => Break(node.Component.Name)) })
        {
            Assert.That(bad.Times(2, "1s").Mistakes.Single(), Does.Contain("does not end before it would strike again"), bad.ToString());
        }

        Assert.That(Schedule.Ramp("r", ["1"], "1s", Schedule (_) => throw new InvalidOperationException("no")).Times(2, "1s").Mistakes.Single(), Does.Contain("step 1: no"));
    }

    [Test]
    public void A_good_schedule_has_none() => Assert.That(
        Schedule.InSequence(
            Schedule.At("1s", A.For("9m")),
            Schedule.Do("deploy", _ => ValueTask.CompletedTask),
            B.AtMost("20m").For("15m").Times(3, "0s").Named("b"),
            Schedule.Ramp("c", ["1", "2"], "1s", Break),
            Schedule.After(Promotion, [new Node("n1")], node => Break(node.Component.Name), "2s")).Mistakes,
        Is.Empty);

    [Test]
    public void It_says_in_words_what_happens_when()
    {
        var schedule = Schedule.InSequence(
            Schedule.InParallel(A, Schedule.At("5s", B)).For("10s"),
            Schedule.After(new SignalMatch(SignalKind.Promoted), [new Node("n1"), new Node("n2")], node => Break(node.Component.Name), "1s"),
            A.For("1s").Times(3, "2s"),
            Schedule.Do("deploy", _ => ValueTask.CompletedTask),
            ((Schedule)B).Named("the end"));

        Assert.That(schedule.ToString(), Is.EqualTo("break a and break b at 5s for 10s, then break n1 or break n2 after signal Promoted of n1, n2, then break a for 1s, 3 times, 2s apart, then deploy, then the end"));
        Assert.That(Schedule.After(new SignalMatch(SignalKind.Noted, "who", "what"), A.For("1s")).ToString(), Is.EqualTo("break a for 1s after signal Noted of who with 'what'"));
    }

    [Test]
    public void Everything_that_may_strike_is_known_candidates_included()
    {
        var schedule = Schedule.InParallel(
            A,
            Schedule.At("1s", B.For("2s").Times(2, "1s")).Named("x"),
            Schedule.After(Promotion, [new Node("n1"), new Node("n2")], node => Break(node.Component.Name)),
            Schedule.Do("deploy", _ => ValueTask.CompletedTask),
            Schedule.InSequence(Schedule.Ramp("r", ["c", "d"], "1s", Break)));

        Assert.That(schedule.Faults.SelectMany(fault => fault.Targets), Is.EqualTo(new[] { "a", "b", "n1", "n2", "c", "d" }));
    }

    [Test]
    public void A_signal_is_meant_by_kind_source_and_words()
    {
        var match = new SignalMatch(SignalKind.Detected, "check", "down");

        Assert.That(match.Matches(SignalKind.Detected, "check", "it is down"), Is.True);
        Assert.That(match.Matches(SignalKind.Recovered, "check", "it is down"), Is.False);
        Assert.That(match.Matches(SignalKind.Detected, "other", "it is down"), Is.False);
        Assert.That(match.Matches(SignalKind.Detected, "check", "it is up"), Is.False);
        Assert.That(new SignalMatch(SignalKind.Detected).Matches(SignalKind.Detected, "any", "thing"), Is.True);
    }

    private static Fault Break(string target) => Fault.Delegate("break " + target, target, _ => ValueTask.CompletedTask, _ => ValueTask.CompletedTask);

    private sealed record Node(string Name) : IComponent
    {
        public Component Component => new(Name, ComponentKind.Database);
    }
}
