using ChaosHarness.Checkers;
using ChaosHarness.Checkers.Writes;
using ChaosHarness.Histories;
using ChaosHarness.Systems;
using CsCheck;
using static ChaosHarness.Tests.Checkers.RecordedRun;

namespace ChaosHarness.Tests.Checkers.Writes;

public sealed class LossCheckerTests
{
    // Each write is acknowledged or not and held 0 to 3 times; what is counted must be what a set would say.
    [Test]
    public void Counts_what_a_plain_model_counts() => Gen.Select(Gen.Bool, Gen.Int[0, 3]).List[0, 300].Sample(fates =>
    {
        var run = Run(firstId: 1000);
        for (var i = 0; i < fates.Count; i++)
        {
            run.Send("orders", i * 0.001, 0.002, fates[i].Item1 ? OperationVerdict.Good : OperationVerdict.Error);
        }

        var loss = new LossChecker().Check(run.ReadBack(200, "orders", number => fates[(int)number].Item2).Until(201));
        var lost = Enumerable.Range(0, fates.Count).Where(i => fates[i] is { Item1: true, Item2: 0 }).ToList();
        return loss.Problem is null
            && loss.Sent == fates.Count
            && loss.Acknowledged == fates.Count(fate => fate.Item1)
            && loss.Lost == lost.Count
            && loss.Indeterminate == fates.Count(fate => fate is { Item1: false, Item2: > 0 })
            && loss.Duplicated == fates.Count(fate => fate.Item2 > 1)
            && loss.OldestLost == (lost.Count == 0 ? null : S((lost[0] * 0.001) + 0.002))
            && loss.LostWrites.SequenceEqual(lost.Select(i => new LostWrite(1000 + i, S((i * 0.001) + 0.002), null)));
    }, iter: 200);

    [Test]
    public void The_age_of_a_loss_runs_from_the_oldest_lost_acknowledgement_to_the_end_of_the_injection()
    {
        var loss = Check(Run().Send("orders", 97, 0).Send("orders", 98, 0).Send("orders", 99, 0).ReadBack(150, "orders", number => number == 0 ? 1 : 0));

        Assert.That((loss.Lost, loss.Age, loss.ToString()), Is.EqualTo((2, S(2.1), "2 of 3 writes, 2.1s")));
    }

    [Test]
    public void It_runs_to_the_end_of_the_last_strike()
    {
        var loss = Check(Run().Fault("crash of the new primary", 110, strike: 1).Send("orders", 99, 0).ReadBack(150, "orders", _ => 0));

        Assert.That(loss.Age, Is.EqualTo(S(11.1)));
    }

    [Test]
    public void Five_thousand_writes_that_a_split_brain_acknowledged_after_the_injection_are_as_old_as_they_lie_apart()
    {
        var run = Run();
        for (var i = 0; i < 5000; i++)
        {
            run.Send("orders", 101 + (i * 0.001), 0.001);
        }

        var loss = Check(run.ReadBack(150, "orders", _ => 0));

        Assert.That((loss.Lost, loss.Age), Is.EqualTo((5000, S(4.999))));
    }

    [Test]
    public void The_oldest_loss_counts_even_when_acknowledgements_came_out_of_order()
    {
        var loss = Check(Run().Send("orders", 90, 9).Send("orders", 91, 6).Send("orders", 92, 6).ReadBack(150, "orders", _ => 0));

        Assert.That((loss.OldestLost, loss.Age), Is.EqualTo((S(97), S(3.1))));
    }

    [Test]
    public void A_single_loss_after_the_injection_is_never_of_age_zero()
    {
        var loss = Check(Run().Send("orders", 120, 0).ReadBack(150, "orders", _ => 0));

        Assert.That(loss.Age, Is.EqualTo(TimeSpan.FromMicroseconds(1)));
        Assert.That(loss.Figures.Single(figure => figure.Name == FigureNames.RecoveryPoint).Upper, Is.EqualTo(0.000001));
    }

    [Test]
    public void When_nothing_struck_the_age_runs_to_the_last_lost_acknowledgement()
    {
        var run = new RecordedRun().Source("orders", isWorkload: true).Send("orders", 5, 0).Send("orders", 8, 0).ReadBack(20, "orders", _ => 0);

        Assert.That(new LossChecker().Check(run.Until(21)).Age, Is.EqualTo(S(3)));
    }

    [Test]
    public void An_acknowledgement_after_the_cut_is_a_promise_too()
    {
        var run = Run().Send("orders", 104, 8).Cut(105).ReadBack(150, "orders", _ => 0);

        Assert.That(Check(run).Lost, Is.EqualTo(1));
    }

    [Test]
    public void One_that_was_slow_is_a_promise_too_and_one_that_failed_is_none()
    {
        var run = Run().Send("orders", 50, 3, OperationVerdict.Slow).Send("orders", 51, 3, OperationVerdict.Error).Send("orders", 52, 0, OperationVerdict.NotSent).Send("orders", 53, null);

        var loss = Check(run.ReadBack(150, "orders", number => number == 3 ? 1 : 0));

        Assert.That((loss.Sent, loss.Acknowledged, loss.Lost, loss.Indeterminate), Is.EqualTo((3, 1, 1, 1)));
    }

    [Test]
    public void Data_that_could_not_be_read_back_is_not_measured_and_says_why()
    {
        var loss = Check(Run().Send("orders", 50).ReadBackFails(150, "orders", "no answer within 30s"));

        Assert.That((loss.Problem, loss.ToString()), Is.EqualTo(("the data could not be read back: no answer within 30s", "the data could not be read back: no answer within 30s")));
        Assert.That((loss.Lost, loss.Duplicated, loss.Indeterminate), Is.EqualTo((0L, 0L, (long?)null)));
        Assert.That(loss.Figures.Select(figure => figure.Name), Is.EqualTo(new[] { FigureNames.AcknowledgedWrites, FigureNames.DivergedWrites }));
    }

    [Test]
    public void Before_the_data_was_read_back_nothing_is_known()
    {
        var run = Run().Send("orders", 50).ReadBack(150, "orders", _ => 0);
        var early = new LossChecker().Check(run.Until(149));
        var whole = run.Until(160);

        Assert.That((early.Problem, early.Lost), Is.EqualTo(("the data has not been read back", 0)));
        Assert.That(new LossChecker().Check(whole.Before(S(149))).ToString(), Is.EqualTo(early.ToString()));
        Assert.That(new LossChecker().Check(whole).Lost, Is.EqualTo(1));
    }

    [Test]
    public void Without_a_workload_nothing_is_known()
    {
        var loss = new LossChecker().Check(new RecordedRun().Source("orders").Until(1));

        Assert.That((loss.Problem, loss.Figures.Count), Is.EqualTo(("no workload writes anything", 0)));
    }

    [Test]
    public void A_write_sent_after_a_promotion_and_acknowledged_by_the_old_primary_has_diverged()
    {
        var run = Run()
            .Signal(102, "db-b", SignalKind.Promoted)
            .Signal(110, "db-a", SignalKind.Promoted)
            .Send("orders", 99, 5, node: "db-a")
            .Send("orders", 105, 1, node: "db-a")
            .Send("orders", 105.1, 1, node: "db-b")
            .Send("orders", 115, 1, node: "db-b")
            .Send("orders", 115.1, 1, node: "db-a")
            .Send("orders", 115.2, 1);

        var loss = Check(run.ReadBack(150, "orders", _ => 1));

        // The second, by the deposed db-a, and the fourth, by db-b after db-a took over again.
        Assert.That((loss.Diverged, loss.Lost), Is.EqualTo((2, 0)));
    }

    [TestCase(101.9, 0)]
    [TestCase(102, 1)]
    public void A_write_sent_just_as_the_promotion_was_received_counts_as_sent_after_it(double sent, int diverged)
    {
        var run = Run().Signal(102, "db-b", SignalKind.Promoted, notBefore: 101).Send("orders", sent, 1, node: "db-a").ReadBack(150, "orders", _ => 1);

        Assert.That(Check(run).Diverged, Is.EqualTo(diverged));
    }

    // The news of the second promotion may have been under way for 3 s when it was received.
    [TestCase(106, 0)]
    [TestCase(107.5, 1)]
    public void A_node_that_may_have_become_primary_by_then_was_not_deposed(double notBefore, int diverged)
    {
        var run = Run()
            .Signal(102, "db-b", SignalKind.Promoted)
            .Signal(109, "db-a", SignalKind.Promoted, notBefore: notBefore)
            .Send("orders", 106, 1, node: "db-a");

        Assert.That(Check(run.ReadBack(150, "orders", _ => 1)).Diverged, Is.EqualTo(diverged));
    }

    [Test]
    public void Other_signals_are_no_promotions()
    {
        var run = Run().Signal(102, "db-b", SignalKind.Noted).Signal(103, "db-b", SignalKind.Detected).Send("orders", 106, 1, node: "db-a");

        Assert.That(Check(run.ReadBack(150, "orders", _ => 1)).Diverged, Is.Zero);
    }

    [Test]
    public void Where_the_system_assigns_the_ids_nobody_knows_what_became_of_the_others()
    {
        var run = Run().Send("orders", 50, id: 17).Send("orders", 51, 1, OperationVerdict.Error).Send("orders", 52, id: 18);

        var loss = Check(run.ReadBack(150, "orders", number => number == 2 ? 0 : 1));

        Assert.That(loss.Indeterminate, Is.Null);
        Assert.That(loss.Figures.Select(figure => figure.Name), Has.None.EqualTo(FigureNames.IndeterminateWrites));
        Assert.That(loss.LostWrites.Select(write => write.Id), Is.EqualTo(new StoredId[] { 18 }));
    }

    [Test]
    public void Where_the_client_names_the_writes_an_acknowledged_id_changes_nothing_of_that()
    {
        var run = Run(firstId: 0).Send("orders", 50, id: 0).Send("orders", 51, 1, OperationVerdict.Error);

        Assert.That(Check(run.ReadBack(150, "orders", _ => 1)).Indeterminate, Is.EqualTo(1));
    }

    [Test]
    public void An_id_that_is_acknowledged_twice_has_diverged()
    {
        var key = Guid.NewGuid();
        var run = Run()
            .Send("orders", 50, id: 3).Send("orders", 51, id: 1).Send("orders", 52, id: 3).Send("orders", 53, id: 2).Send("orders", 54, id: 3)
            .Send("orders", 55, id: key).Send("orders", 56, id: key).Send("orders", 57, id: "a").Send("orders", 58, id: "A")
            .Send("orders", 59, 0, OperationVerdict.Error, id: 1);

        Assert.That(Check(run.ReadBack(150, "orders", _ => 1)).Diverged, Is.EqualTo(3), "3 twice too often, the key once; what was refused promised nothing");
    }

    [Test]
    public void A_divergence_that_is_known_by_its_node_is_not_counted_once_more_by_its_id()
    {
        var run = Run()
            .Signal(102, "db-b", SignalKind.Promoted)
            .Send("orders", 103, id: 7, node: "db-b")
            .Send("orders", 104, id: 7, node: "db-a")
            .Send("orders", 105, id: 8, node: "db-a")
            .Send("orders", 106, id: 8, node: "db-a");

        Assert.That(Check(run.ReadBack(150, "orders", _ => 1)).Diverged, Is.EqualTo(3));
    }

    [Test]
    public void Figures_name_the_workload()
    {
        var loss = Check(Run(firstId: 0).Send("orders", 99, 0).Send("orders", 99.5, 0).Send("orders", 99.6, 0, OperationVerdict.Error).ReadBack(150, "orders", number => number == 0 ? 0 : 2));

        Assert.That(loss.Figures, Is.EqualTo(new[]
        {
            Figure.Exact(FigureNames.AcknowledgedWrites, "orders", Unit.Count, 2, Better.Neither),
            Figure.Exact(FigureNames.DivergedWrites, "orders", Unit.Count, 0),
            Figure.Exact(FigureNames.LostWrites, "orders", Unit.Count, 1),
            Figure.Exact(FigureNames.RecoveryPoint, "orders", Unit.Seconds, 1.1),
            Figure.Exact(FigureNames.DuplicatedWrites, "orders", Unit.Count, 2),
            Figure.Exact(FigureNames.IndeterminateWrites, "orders", Unit.Count, 1, Better.Neither),
        }));
    }

    [Test]
    public void What_is_lost_of_any_workload_is_lost()
    {
        var run = Run().Source("payments", isWorkload: true).Source("front page")
            .Send("orders", 98, 0).Send("payments", 99, 0).Send("front page", 97, 0)
            .ReadBack(150, "orders", _ => 1).ReadBack(151, "payments", _ => 0);

        var history = run.Until(160);
        Assert.That((new LossChecker().Check(history).Lost, new LossChecker().Check(history).Acknowledged), Is.EqualTo((1, 2)));
        Assert.That(new LossChecker("orders").Check(history).Lost, Is.Zero);
        Assert.That(new LossChecker().Check(history).Figures[0].Subject, Is.Empty);
        Assert.That(new LossChecker().Check(history.Before(S(150.5))).Problem, Is.EqualTo("the data has not been read back"));
    }

    [Test]
    public void It_is_named_after_its_workload_and_needs_it()
    {
        Assert.That((new LossChecker().Name, new LossChecker("orders").Name), Is.EqualTo(("writes", "writes of orders")));
        Assert.That(new LossChecker().Needs, Is.Empty);
        Assert.That(new LossChecker("orders").Needs, Is.EqualTo(new[] { "orders" }));
    }

    private static RecordedRun Run(long? firstId = null) => new RecordedRun().Source("orders", isWorkload: true, firstId: firstId).Fault("crash", 100);

    private static LossFinding Check(RecordedRun run) => new LossChecker().Check(run.Until(200));
}
