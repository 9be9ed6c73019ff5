using ChaosHarness.Checkers;
using ChaosHarness.Expectations;
using ChaosHarness.Histories;
using ChaosHarness.SteadyState;
using ChaosHarness.Tests.Checkers;
using static ChaosHarness.Tests.Checkers.RecordedRun;

namespace ChaosHarness.Tests.Expectations;

public sealed class BorneTests
{
    private static readonly BorneWhile Latency = Borne.Steps("latency").While(new SuccessRate("orders").AtLeast("99%"), new Latency("orders").Percentile(99).AtMost("250ms"));

    [Test]
    public void What_is_borne_lies_between_the_last_step_that_was_and_the_first_that_was_not()
    {
        var verdict = Latency.Between("25ms", "400ms").Judge(Ramp(0.005, 0.02, 0.3, 0.4));

        Assert.That(verdict.Objective, Is.EqualTo("latency of 25ms borne, and not of 400ms, while orders: success rate at least 99% and orders: p99 latency at most 250ms"));
        Assert.That((verdict.Met, verdict.Actual), Is.EqualTo((true, "25ms borne, not 100ms: orders: p99 latency at most 250ms, but was 300ms")));
        Assert.That((verdict.Decisive, verdict.Limit), Is.EqualTo((new Figure(FigureNames.Borne, "latency", Unit.Seconds, 0.025, 0.1, Better.Higher), 0.025)));
    }

    [TestCase("25ms", "100ms", true)]
    [TestCase("26ms", "100ms", false)]
    [TestCase("25ms", "99ms", false)]
    public void Both_ends_are_judged(string least, string breaksBy, bool isMet)
    {
        Assert.That(Latency.Between(least, breaksBy).Judge(Ramp(0.005, 0.02, 0.3, 0.4)).Met, Is.EqualTo(isMet));
        Assert.That(Latency.AtLeast(least).Judge(Ramp(0.005, 0.02, 0.3, 0.4)).Met, Is.EqualTo(least == "25ms"));
    }

    [Test]
    public void A_step_that_is_borne_after_one_that_was_not_does_not_count()
    {
        var finding = new BorneChecker("latency", [new Latency("orders").Percentile(99).AtMost("250ms")]).Check(Ramp(0.005, 0.3, 0.005, 0.005));

        Assert.That((finding.Last!.Strength, finding.Broken!.Strength), Is.EqualTo(("10ms", "25ms")));
    }

    [Test]
    public void A_ramp_that_breaks_nothing_was_too_short()
    {
        var verdict = Latency.Between("25ms", "1h").Judge(Ramp(0.005, 0.005, 0.005, 0.005));

        Assert.That((verdict.Met, verdict.Actual, verdict.Decisive!.Upper), Is.EqualTo((false, "400ms borne, the last step of it", (double?)null)));
        Assert.That(Latency.AtLeast("400ms").Judge(Ramp(0.005, 0.005, 0.005, 0.005)).Met, Is.True);
    }

    [Test]
    public void A_ramp_that_breaks_it_at_once_leaves_nothing_borne()
    {
        var verdict = Latency.AtLeast("10ms").Judge(Ramp(0.3, 0.3, 0.3, 0.3));

        Assert.That((verdict.Met, verdict.Actual), Is.EqualTo((false, "nothing borne, not 10ms: orders: p99 latency at most 250ms, but was 300ms")));
        Assert.That((verdict.Decisive!.Lower, verdict.Decisive.Upper), Is.EqualTo((0, 0.01)));
    }

    [Test]
    public void A_ramp_that_never_struck_bore_nothing()
    {
        var verdict = Borne.Steps("loss").While(new SuccessRate("orders").AtLeast("99%")).AtLeast("1%").Judge(Ramp(0.005, 0.02, 0.3, 0.4));

        Assert.That((verdict.Met, verdict.Actual, verdict.Decisive), Is.EqualTo((false, "no step of 'loss' has struck", (Figure?)null)));
    }

    [Test]
    public void Silence_in_a_step_is_not_borne()
    {
        var run = new RecordedRun().Source("orders").Fault("latency 10ms", 10, reverted: 12).Cut(20);

        Assert.That(Latency.AtLeast("10ms").Judge(run.Until(30)).Actual, Does.StartWith("nothing borne, not 10ms: orders: success rate at least 99%, but was no observation"));
    }

    [Test]
    public void A_step_of_several_faults_is_there_while_all_of_them_are()
    {
        var run = new RecordedRun().Source("orders").Fault("loss 10%: orders-1", 10, reverted: 13).Fault("loss 10%: orders-2", 11, reverted: 14).Fault("loss 20%", 15, reverted: 16, strike: 1).Fault("lossy 90%", 15, reverted: 16)
            .Fault("loss 90%", 1, isWeakness: true);
        run.Every("orders", 0.1, 9, 18, due => run.Send("orders", due, 0.005, due is >= 11.1 and <= 13 or > 17 ? OperationVerdict.Good : OperationVerdict.Error)).Cut(20);

        var finding = new BorneChecker("loss", [new SuccessRate("orders").AtLeast(1)]).Check(run.Until(30));

        Assert.That(finding.Steps.Select(step => (step.Strength, step.Report.Window.Start, step.Report.Window.End, step.Report.Holds)), Is.EqualTo(new[]
        {
            ("10%", S(11.1), S(13), true), ("20%", S(15.1), S(16), false),
        }));
        Assert.That(finding.Figures, Is.EqualTo(new[] { new Figure(FigureNames.Borne, "loss", Unit.Ratio, 0.1, 0.2, Better.Higher) }));
    }

    [Test]
    public void A_step_of_which_one_fault_never_struck_was_none()
    {
        var run = new RecordedRun().Source("orders").Fault("loss 10%: a", 10, reverted: 11).Fault("loss 10%: b", 12, reverted: 13).Fault("loss 20%: a", 14).Every("orders", 0.1, 9, 18);
        run.Writer.Add(new FaultWindow("loss 20%: b", ["db"], default, null, null, null));

        Assert.That(new BorneChecker("loss", []).Check(run.Cut(20).Until(30)).Steps, Is.Empty, "the first were never there together, the second never struck together");
    }

    [Test]
    public void Steps_that_are_numbers_are_counted_and_others_are_no_figure()
    {
        Assert.That(Steps("load 2", "load 4.5").Figures.Single(), Has.Property("Unit").EqualTo(Unit.Count).And.Property("Lower").EqualTo(4.5));
        Assert.That(Steps("load little", "load much").Figures, Is.Empty);
        Assert.That(Steps("load 2", "load 10%").Figures, Is.Empty);
        Assert.That(Steps("load little", "load much").ToString(), Is.EqualTo("much borne, the last step of it"));

        static BorneFinding Steps(string one, string two)
        {
            var run = new RecordedRun().Source("orders").Fault(one, 10, reverted: 11).Fault(two, 12, reverted: 13, strike: 1).Every("orders", 0.1, 9, 18).Cut(20);
            return new BorneChecker("load", [new SuccessRate("orders").AtLeast(1)]).Check(run.Until(30));
        }
    }

    [Test]
    public void A_strength_in_another_unit_cannot_be_compared()
    {
        var verdict = Latency.AtLeast("5%").Judge(Ramp(0.005, 0.005, 0.005, 0.005));

        Assert.That((verdict.Met, verdict.Actual), Is.EqualTo((false, "400ms borne, the last step of it; its steps are not written as '5%' is, so they cannot be compared")));
    }

    [Test]
    public void Either_end_in_another_unit_cannot_be_compared() =>
        Assert.That(Latency.Between("25ms", "400").Judge(Ramp(0.005, 0.02, 0.3, 0.4)), Has.Property("Met").False.And.Property("Actual").Contains("not written as '400' is"));

    [TestCase("NaN")]
    [TestCase("Infinity")]
    public void What_no_step_can_be_as_strong_as_is_no_strength(string strength) =>
        Assert.That(Latency.AtLeast(strength).Mistakes, Is.EqualTo(new[] { $"Borne: '{strength}' is no strength of a step. Write a duration, a percentage or a number, as the ramp does: 25ms, 10% or 4." }));

    [Test]
    public void It_is_named_after_the_ramp_and_needs_what_its_conditions_read()
    {
        var checker = new BorneChecker("latency", [new SuccessRate("orders").AtLeast(1), new SuccessRate("front page").AtLeast(1), new Latency("orders").Percentile(50).AtMost("1s")]);

        Assert.That(checker.Name, Is.EqualTo("latency borne"));
        Assert.That(checker.Needs, Is.EqualTo(new[] { "orders", "front page" }));
    }

    // Steps of 2 s each with 1 s between them, and how long answers took in each.
    private static History Ramp(params double[] took)
    {
        string[] steps = ["10ms", "25ms", "100ms", "400ms"];
        var run = new RecordedRun().Source("orders");
        for (var i = 0; i < steps.Length; i++)
        {
            run.Fault($"latency {steps[i]}", 10 + (3 * i), reverted: 12 + (3 * i), strike: i);
        }

        return run.Every("orders", 0.05, 8, 22, due => run.Send("orders", due, due >= 10 ? took[Math.Min((int)((due - 10) / 3), 3)] : 0.005)).Cut(23).Until(30);
    }
}
