using ChaosHarness.Checkers;
using ChaosHarness.Expectations;
using ChaosHarness.Histories;
using ChaosHarness.Tests.Checkers;

namespace ChaosHarness.Tests.Expectations;

public sealed class ExpectationTests
{
    private static readonly Figure Three = Figure.Exact("things", "", Unit.Count, 3);

    [Test]
    public void A_verdict_says_what_was_wanted_what_was_found_and_what_the_signals_saw()
    {
        var expectation = Expectation.Of(new Things(), "at most 2 things", found => new Judgement(found.Count <= 2, "3 of them", "1", Three, 2));

        var verdict = expectation.Judge(History());

        Assert.That((verdict.Objective, verdict.Actual, verdict.Met, verdict.MissedBy), Is.EqualTo(("at most 2 things", "3 of them", false, "1")));
        Assert.That((verdict.Decisive, verdict.Limit), Is.EqualTo((Three, 2.0)));
        Assert.That(verdict.Figures, Is.EqualTo(new[] { Three }));
        Assert.That(verdict.Seen, Is.EqualTo(new[] { "51 of 100: HTTP 404", "5 of 100: slow", "2 of 100: reset" }), "three at most, those of before the strike left out");
        Assert.That(verdict.Parts, Is.Empty);
    }

    [Test]
    public void With_several_signals_each_is_named()
    {
        var verdict = Expectation.Of(new Things("orders", "front page"), "things", found => new Judgement(true, "")).Judge(History());

        Assert.That(verdict.Seen, Is.EqualTo(new[] { "orders: 51 of 100: HTTP 404", "orders: 5 of 100: slow", "orders: 2 of 100: reset", "front page: 1 of 1: HTTP 500" }));
    }

    [Test]
    public void Before_anything_struck_all_of_it_was_seen()
    {
        var run = new RecordedRun().Source("orders").Send("orders", 1, 0, OperationVerdict.Error, "HTTP 503").Send("orders", 2);

        Assert.That(Expectation.Of(new Things(), "things", found => new Judgement(true, "")).Judge(run.Until(3)).Seen, Is.EqualTo(new[] { "1 of 2: HTTP 503" }));
    }

    [Test]
    public void Without_any_signal_nothing_was_seen() =>
        Assert.That(Expectation.Of(new Things(), "things", found => new Judgement(true, "")).Judge(new RecordedRun(signal: null).Until(3)).Seen, Is.Empty);

    [Test]
    public void One_that_was_met_was_not_missed_by_anything()
    {
        var verdict = Expectation.Of(new Things(), "things", found => new Judgement(true, "3", "1")).Judge(History());

        Assert.That((verdict.Met, verdict.MissedBy), Is.EqualTo((true, (string?)null)));
    }

    [Test]
    public void A_judgement_that_says_nothing_is_told_by_the_finding() =>
        Assert.That(Expectation.Of(new Things(), "things", _ => default).Judge(History()), Has.Property("Actual").EqualTo("3 things").And.Property("Met").False);

    [Test]
    public void A_checker_that_throws_is_missed_and_says_so()
    {
        var verdict = Expectation.Of(new Things { Throws = true }, "things", found => new Judgement(true, "")).Judge(History());

        Assert.That((verdict.Met, verdict.Actual), Is.EqualTo((false, "could not be judged: no things")));
    }

    [Test]
    public void A_judge_that_throws_is_missed_and_says_so()
    {
        var verdict = Expectation.Of(new Things(), "things", _ => throw new InvalidOperationException("too hard")).Judge(History());

        Assert.That((verdict.Met, verdict.Actual), Is.EqualTo((false, "could not be judged: too hard")));
    }

    [Test]
    public void A_checker_that_returns_nothing_is_missed_and_named()
    {
        var verdict = Expectation.Of(new Things { IsEmpty = true }, "things", found => new Judgement(true, "")).Judge(History());

        Assert.That((verdict.Met, verdict.Actual), Is.EqualTo((false, "could not be judged: The checker 'things' returned no finding.")));
    }

    [Test]
    public void A_source_that_the_experiment_does_not_have_is_missed_and_says_which_there_are()
    {
        var verdict = Expectation.Of(new Things("odrers"), "things", found => new Judgement(true, "")).Judge(History());

        Assert.That((verdict.Met, verdict.Actual), Is.EqualTo((false, "no probe or workload is called 'odrers'. There are: orders, front page")));
    }

    [Test]
    public void One_that_is_written_wrongly_is_never_met_and_says_how_it_is_written()
    {
        var expectation = Expectation.Of(new Things(), "things", found => new Judgement(true, "")).WithMistakes("Things: wrong.", null, "Really.");

        Assert.That(expectation.Mistakes, Is.EqualTo(new[] { "Things: wrong.", "Really." }));
        Assert.That(expectation.Judge(History()), Has.Property("Actual").EqualTo("Things: wrong. Really.").And.Property("Met").False);
    }

    [Test]
    public void Two_that_read_the_same_are_the_same()
    {
        var one = Expectation.Of(new Things(), "at most 2 things", found => new Judgement(true, ""));
        var same = Expectation.Of(new Things("orders"), "at most 2 things", found => new Judgement(false, ""));
        var other = Expectation.Of(new Things(), "at most 3 things", found => new Judgement(true, ""));

        Assert.That(one.Equals(same) && one.Equals((object)same) && one.GetHashCode() == same.GetHashCode(), Is.True);
        Assert.That(new[] { one, same, other }.Distinct().Count(), Is.EqualTo(2));
        Assert.That(one.ToString(), Is.EqualTo("at most 2 things"));
        Assert.That(one.Equals(other) || one.Equals("at most 2 things") || one.Equals((Expectation?)null), Is.False);
    }

    [Test]
    public void One_and_another_is_met_when_both_are_and_each_is_told()
    {
        var met = Expectation.Of(new Things("orders"), "things", found => new Judgement(true, "3", null, Three, 5));
        var missed = Expectation.Of(new Things("front page"), "few things", found => new Judgement(false, "3 of them", "1", Three, 2));

        var verdict = (met & missed & met).Judge(History());

        Assert.That((met & missed).Needs, Is.EqualTo(new[] { "orders", "front page" }));
        Assert.That(met.And(missed), Is.EqualTo(met & missed));
        Assert.That((met & missed & met).Parts, Has.Count.EqualTo(3));
        Assert.That(met.Parts, Is.Empty);
        Assert.That((verdict.Objective, verdict.Actual, verdict.Met, verdict.MissedBy), Is.EqualTo(("things and few things and things", "3; 3 of them; 3", false, "1")));
        Assert.That(verdict.Parts.Select(part => part.Met), Is.EqualTo(new[] { true, false, true }));
        Assert.That(verdict.Figures, Is.EqualTo(new[] { Three }));
        Assert.That(verdict.Seen, Is.EqualTo(new[] { "51 of 100: HTTP 404", "5 of 100: slow", "2 of 100: reset", "1 of 1: HTTP 500" }));
        Assert.That((met & met).Judge(History()).Met, Is.True);
        Assert.That((missed & missed).Judge(History()).MissedBy, Is.Null, "of two nobody can say one number");
    }

    [Test]
    public void Of_two_a_mistake_is_one_of_both()
    {
        var wrong = Expectation.Of(new Things(), "things", found => new Judgement(true, "")).WithMistakes("Things: wrong.");
        var right = Expectation.Of(new Things(), "right", found => new Judgement(true, ""));

        Assert.That((wrong & right).Mistakes, Is.EqualTo(new[] { "Things: wrong." }));
        Assert.That((wrong & right).Judge(History()).Parts.Select(part => part.Met), Is.EqualTo(new[] { false, true }));
    }

    // A minute in which 51 of 100 orders are not found, and others fail in other ways; the front page fails once.
    private static History History()
    {
        var run = new RecordedRun().Source("orders").Source("front page").Fault("crash", 10).Send("orders", 5, 0, OperationVerdict.Error, "before");
        for (var k = 0; k < 100; k++)
        {
            var (verdict, detail) = k switch
            {
                < 51 => (OperationVerdict.Error, "HTTP 404"),
                < 56 => (OperationVerdict.Slow, null),
                < 58 => (OperationVerdict.Error, "reset"),
                58 => (OperationVerdict.NotSent, null),
                _ => (OperationVerdict.Good, (string?)null),
            };
            run.Send("orders", 10 + (k * 0.1), 0.005, verdict, detail);
        }

        return run.Send("front page", 11, 0, OperationVerdict.Error, "HTTP 500").Cut(25).Until(30);
    }

    private sealed record Things(params IReadOnlyList<string> Needs) : IChecker<Things.Found>
    {
        public bool Throws { get; init; }

        public bool IsEmpty { get; init; }

        public string Name => "things";

        public Found Check(History history) => Throws ? throw new InvalidOperationException("no things") : IsEmpty ? null! : new Found(3);

        public sealed record Found(long Count) : Finding([Figure.Exact("things", "", Unit.Count, Count)])
        {
            public override string ToString() => $"{Count} things";
        }
    }
}
