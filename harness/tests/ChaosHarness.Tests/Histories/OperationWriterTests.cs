using ChaosHarness.Histories;
using ChaosHarness.Timing;
using Microsoft.Extensions.Time.Testing;

namespace ChaosHarness.Tests.Histories;

public sealed class OperationWriterTests
{
    private static readonly TimeWindow Always = new(TimeSpan.MinValue, TimeSpan.MaxValue);
    private FakeTimeProvider _time = null!;
    private RunClock _clock = null!;
    private HistoryWriter _writer = null!;
    private OperationWriter _orders = null!;

    [SetUp]
    public void Begin()
    {
        _time = new FakeTimeProvider();
        _clock = new RunClock(_time);
        _writer = new HistoryWriter(_clock);
        _orders = _writer.Source(new SourceSettings("orders", Seconds(5)));
    }

    [Test]
    public void Only_the_first_completion_counts()
    {
        Send(1);
        var first = _orders.Complete(0, Seconds(2), OperationVerdict.Error, "no answer within 1s");
        var again = _orders.Complete(0, Seconds(3), OperationVerdict.Good);

        var operation = After(4)[0];
        Assert.That((first, again, _orders.Dropped), Is.EqualTo((true, false, 1)));
        Assert.That((operation.Verdict, operation.Completed, operation.Detail), Is.EqualTo((OperationVerdict.Error, Seconds(2), "no answer within 1s")));
    }

    [Test]
    public void Only_the_first_sending_counts()
    {
        _orders.Enter(Seconds(1));
        Assert.That((_orders.Invoke(0, Seconds(1.1)), _orders.Invoke(0, Seconds(1.5))), Is.EqualTo((true, false)));

        Assert.That(After(4)[0].Invoked, Is.EqualTo(Seconds(1.1)));
    }

    [Test]
    public void A_request_that_was_given_up_before_a_thread_began_it_stays_unsent()
    {
        _orders.Enter(Seconds(1));
        _orders.Complete(0, Seconds(2), OperationVerdict.NotSent, "too many under way");
        Assert.That(_orders.Invoke(0, Seconds(3)), Is.False);

        Assert.That((After(4)[0].Invoked, After(4)[0].Verdict), Is.EqualTo(((TimeSpan?)null, OperationVerdict.NotSent)));
    }

    [TestCase(OperationVerdict.Good)]
    [TestCase(OperationVerdict.Error)]
    [TestCase(OperationVerdict.Slow)]
    public void An_answer_to_what_nobody_noted_as_sent_was_sent_when_it_was_due(OperationVerdict verdict)
    {
        _orders.Enter(Seconds(1));
        _orders.Complete(0, Seconds(2), verdict);

        Assert.That((After(4)[0].Invoked, After(4)[0].Completed), Is.EqualTo((Seconds(1), Seconds(2))));
    }

    [Test]
    public void Nothing_is_complete_before_it_was_sent_nor_sent_before_it_was_due()
    {
        _orders.Enter(Seconds(3));
        _orders.Invoke(0, Seconds(2));
        _orders.Complete(0, Seconds(1), OperationVerdict.Good);
        _orders.Enter(Seconds(3));
        _orders.Complete(1, Seconds(1), OperationVerdict.NotSent);

        var operations = After(4);
        Assert.That((operations[0].Invoked, operations[0].Completed, operations[1].Completed), Is.EqualTo((Seconds(3), Seconds(3), Seconds(3))));
    }

    [Test]
    public void A_request_that_is_noted_before_it_is_due_is_in_no_earlier_prefix()
    {
        _orders.Enter(Seconds(3));

        Assert.That((After(2).Count, After(3).Count), Is.EqualTo((0, 1)));
    }

    [Test]
    public void Requests_are_noted_in_the_order_in_which_they_are_due()
    {
        _orders.Enter(Seconds(3));
        Assert.That(() => _orders.Enter(Seconds(2.9)), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("'orders'").And.Message.Contains("note requests in the order in which they are due"));

        Assert.That((_orders.Enter(Seconds(3)), After(4).Count), Is.EqualTo((1, 2)));
    }

    [Test]
    public void A_number_that_was_not_given_is_refused([Values(-1, 1, 4096)] int number)
    {
        Send(1);
        Assert.That(() => _orders.Invoke(number, Seconds(1)), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("'orders' has 1 requests"));
        Assert.That(() => _orders.Complete(number, Seconds(1), OperationVerdict.Good), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => _orders.Hold(number), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void An_index_beyond_the_prefix_is_refused([Values(-1, 1, 4096)] int index)
    {
        Send(1);
        _orders.Enter(Seconds(3));
        var operations = After(2);

        Assert.That(() => operations[index], Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => operations.StandingOf(index), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    // Four bytes hold seven minutes: what comes later is as exact.
    [Test]
    public void Times_are_exact_however_late([Values(429.4967, 429.49672945, 429.4967295, 500, 100_000)] double seconds)
    {
        var tick = TimeSpan.FromTicks(1);
        _orders.Enter(TimeSpan.Zero);
        _time.Advance(Seconds(seconds));
        var look = _writer.Look();
        _orders.Invoke(0, Seconds(seconds / 2));
        _orders.Complete(0, Seconds(seconds) + (2 * tick), OperationVerdict.Good);
        _orders.Enter(Seconds(seconds) + tick);
        _time.Advance(Seconds(1));

        var (whole, then) = (_writer.Look().Of("orders"), _writer.Look().Before(look.Until).Of("orders"));
        Assert.That((whole[0].Invoked, whole[0].Completed), Is.EqualTo((look.Until + tick, look.Until + (2 * tick))));
        Assert.That((then[0].Invoked, then[0].IsOpen, then.Count, whole[1].Due), Is.EqualTo(((TimeSpan?)null, true, 1, look.Until + tick)));
    }

    [Test]
    public void Windows_without_end_are_windows()
    {
        Send(1);
        _orders.Complete(0, Seconds(2), OperationVerdict.Error);
        var operations = After(4);

        Assert.That((operations.TallyOf(Always).Bad, operations.Details(Always)[0]), Is.EqualTo((1, ("error", 1))));
        Assert.That(operations.TallyOf(new TimeWindow(Seconds(2), Seconds(1))), Is.EqualTo(new Tally(0, 0, 0)));
    }

    [Test]
    public void Both_ends_of_a_window_are_in_it()
    {
        foreach (var due in new[] { 1, 2, 2, 3, 3, 4 })
        {
            _orders.Complete(_orders.Enter(Seconds(due)), Seconds(due), OperationVerdict.Error);
        }

        Assert.That(After(5).TallyOf(new TimeWindow(Seconds(2), Seconds(3))).Bad, Is.EqualTo(4));
        Assert.That(After(5).Details(new TimeWindow(Seconds(2), Seconds(3))), Is.EqualTo(new[] { ("error", 4L) }));
    }

    [Test]
    public void What_the_system_holds_is_unknown_until_all_was_looked_up()
    {
        Send(1);
        Send(1);
        _orders.Hold(1);
        _orders.Hold(1);
        var before = After(2);
        _orders.EndReadBack(new ReadBack(Seconds(3), null));
        var after = After(4);

        Assert.That((before.ReadBack, before[0].Copies, before[1].Copies), Is.EqualTo(((ReadBack?)null, (int?)null, (int?)null)));
        Assert.That((after.ReadBack, after[0].Copies, after[1].Copies), Is.EqualTo((new ReadBack(Seconds(3), null), 0, 2)));
    }

    [Test]
    public void What_the_system_holds_is_unknown_when_it_could_not_be_looked_up()
    {
        Send(1);
        _orders.Hold(0);
        _orders.EndReadBack(new ReadBack(Seconds(3), "refused"));

        Assert.That((After(4).ReadBack!.Problem, After(4)[0].Copies), Is.EqualTo(("refused", (int?)null)));
    }

    [Test]
    public void A_read_back_ends_once()
    {
        Send(1);
        var first = _orders.EndReadBack(new ReadBack(Seconds(2), null));
        var again = _orders.EndReadBack(new ReadBack(Seconds(3), "refused"));
        var held = _orders.Hold(0);

        Assert.That((first, again, held), Is.EqualTo((true, false, false)));
        Assert.That((After(4).ReadBack, After(4)[0].Copies), Is.EqualTo((new ReadBack(Seconds(2), null), 0)));
    }

    [Test]
    public void Copies_are_counted_up_to_255()
    {
        Send(1);
        for (var copy = 0; copy < 300; copy++)
        {
            _orders.Hold(0);
        }

        _orders.EndReadBack(new ReadBack(Seconds(2), null));
        Assert.That(After(4)[0].Copies, Is.EqualTo(255));
    }

    [Test]
    public void Ids_and_values_come_back_as_they_were_noted()
    {
        StoredId?[] ids = [1L, long.MaxValue, long.MinValue, Guid.Parse("6f9619ff-8b86-d011-b42d-00c04fc964ff"), "order-17", "", null, 2L];
        double?[] values = [0, double.NaN, double.NegativeInfinity, null, -0.0, double.MaxValue, double.Epsilon, 3];
        for (var i = 0; i < ids.Length; i++)
        {
            _orders.Complete(_orders.Enter(Seconds(1)), Seconds(2), OperationVerdict.Good, id: ids[i], value: values[i]);
        }

        Assert.That(After(4).Select(operation => operation.Id), Is.EqualTo(ids));
        Assert.That(After(4).Select(operation => operation.Value), Is.EqualTo(values));
    }

    [Test]
    public void An_id_that_names_nothing_is_none()
    {
        _orders.Complete(_orders.Enter(Seconds(1)), Seconds(2), OperationVerdict.Good, id: default(StoredId));

        Assert.That(After(4)[0].Id, Is.Null);
    }

    [Test]
    public void Many_nodes_are_told_apart()
    {
        for (var i = 0; i < 1_000; i++)
        {
            _orders.Complete(_orders.Enter(Seconds(1)), Seconds(2), OperationVerdict.Good, node: $"pod-{i}");
        }

        Assert.That(After(4).Select(operation => operation.Node), Is.EqualTo(Enumerable.Range(0, 1_000).Select(i => $"pod-{i}")));
    }

    // A system under attack answers each request with another text.
    [Test]
    public void A_different_detail_for_each_of_a_million_requests_is_counted_and_not_kept()
    {
        const int Million = 1_000_000;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < Million; i++)
        {
            _orders.Complete(_orders.Enter(Seconds(1)), Seconds(2), OperationVerdict.Error, $"request {i} failed");
        }

        var details = After(4).Details(Always, int.MaxValue);
        Assert.That((details.Count, details[0], details.Sum(detail => detail.Count)), Is.EqualTo((4097, ("another", Million - 4096L), Million)));
        Assert.That(GC.GetTotalMemory(forceFullCollection: true) - before, Is.LessThan(100_000_000));
    }

    [Test]
    public void Threads_that_complete_the_same_requests_agree_on_who_was_first()
    {
        const int Threads = 4, Requests = 10_000;
        for (var i = 0; i < Requests; i++)
        {
            Send(1);
        }

        var first = new int[Threads];
        Together(Threads, thread =>
        {
            for (var i = 0; i < Requests; i++)
            {
                first[thread] += _orders.Complete(i, Seconds(2), OperationVerdict.Error, $"thread {thread}") ? 1 : 0;
            }
        });

        var seen = After(4).Details(Always, Threads).ToDictionary(detail => detail.Detail, detail => detail.Count);
        Assert.That((first.Sum(), _orders.Dropped), Is.EqualTo((Requests, (Threads - 1L) * Requests)));
        Assert.That(Enumerable.Range(0, Threads).Select(thread => seen.GetValueOrDefault($"thread {thread}")), Is.EqualTo(first));
    }

    [Test]
    public void Threads_that_write_side_by_side_lose_nothing_of_each_other()
    {
        const int Threads = 4, Requests = 15_000;
        Together(Threads, thread =>
        {
            for (var i = 0; i < Requests; i++)
            {
                var number = _orders.Enter(Seconds(1));
                _orders.Invoke(number, Seconds(1.5));
                _orders.Complete(number, Seconds(2), OperationVerdict.Good, null, $"node {thread}", (thread * Requests) + i, i);
            }
        });

        var operations = After(4);
        Assert.That(operations.TallyOf(Always), Is.EqualTo(new Tally(Threads * Requests, 0, 0)));
        Assert.That(operations.Select(operation => operation.Id!.Value.Number!.Value).Order(), Is.EqualTo(Enumerable.Range(0, Threads * Requests).Select(id => (long)id)));
        Assert.That(operations.All(operation => operation.Node == $"node {operation.Id!.Value.Number / Requests}" && operation.Value == operation.Id!.Value.Number % Requests), Is.True);
    }

    [Test]
    public void Operations_are_read_while_somebody_holds_the_lock_of_the_writers()
    {
        for (var i = 0; i < 10_000; i++)
        {
            Send(1);
            _orders.Complete(i, Seconds(2), i % 3 == 0 ? OperationVerdict.Error : OperationVerdict.Good);
        }

        var history = Look(4);
        lock (_writer.Gate)
        {
            var read = Task.Run(() =>
            {
                var operations = history.Of("orders");
                return (operations.TallyOf(Always).Bad, operations.Count(operation => operation.IsGood), operations.LastBad(100), operations.Details(Always).Count, history.Before(Seconds(1)).Cut);
            });
            Assert.That(read.Wait(TimeSpan.FromSeconds(60)), Is.True);
            Assert.That(read.Result, Is.EqualTo((3_334, 6_666, 99, 1, (TimeSpan?)null)));
        }
    }

    [Test]
    public void A_reader_that_stands_still_holds_no_writer_up()
    {
        Send(1);
        _writer.Add(new Mark(Seconds(1), MarkKind.Note, "test", "begun"));
        var history = Look(2);
        foreach (var _ in history.Of("orders"))
        {
            foreach (var __ in history.Marks)
            {
                var written = Task.Run(() =>
                {
                    _writer.Add(new Mark(Seconds(3), MarkKind.Note, "test", "goes on"));
                    return _orders.Complete(_orders.Enter(Seconds(3)), Seconds(3), OperationVerdict.Good);
                });
                Assert.That(written.Wait(TimeSpan.FromSeconds(60)) && written.Result, Is.True);
            }
        }

        Assert.That((history.Marks.Count, history.Of("orders").Count, Look(4).Marks.Count, After(4).Count), Is.EqualTo((1, 1, 2, 2)));
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private static void Together(int threads, Action<int> act)
    {
        using var start = new Barrier(threads);
        var all = Enumerable.Range(0, threads).Select(thread => new Thread(() =>
        {
            start.SignalAndWait();
            act(thread);
        })).ToList();
        all.ForEach(thread => thread.Start());
        all.ForEach(thread => thread.Join());
    }

    private void Send(double due) => _orders.Invoke(_orders.Enter(Seconds(due)), Seconds(due));

    private Operations After(double at) => Look(at).Of("orders");

    private History Look(double at)
    {
        if (_clock.Now < Seconds(at))
        {
            _time.Advance(Seconds(at) - _clock.Now);
        }

        return _writer.Look().Before(Seconds(at));
    }
}
