using ChaosHarness.Histories;
using ChaosHarness.Systems;
using ChaosHarness.Timing;

namespace ChaosHarness.Tests.Histories;

public sealed class PrefixLawTests
{
    private const int Requests = 20_000;
    private const int LeastLooks = 5;
    private const int MostLooks = 150;

    // Threads that write as fast as they can, stamp before they note, and answer in any order, while looks are taken all the while.
    [Test]
    public void What_looks_saw_while_threads_wrote_is_what_the_whole_history_says_of_those_times()
    {
        var clock = new RunClock(TimeProvider.System);
        var writer = new HistoryWriter(clock);
        var sources = new[] { "orders", "front page", "queue" }.Select(name => writer.Source(new SourceSettings(name, TimeSpan.FromSeconds(1)))).ToList();
        using var looked = new ManualResetEventSlim();
        var threads = sources.Select((source, index) => new Thread(() => Write(source, clock, new Random(index), looked))).ToList();
        threads.Add(new Thread(() => Note(writer, clock)));
        threads.ForEach(thread => thread.Start());

        var looks = new List<(History Look, Picture Saw)>();
        while (threads.Exists(thread => thread.IsAlive) && looks.Count < MostLooks)
        {
            if (looks.Count == MostLooks / 3)
            {
                writer.Cut();
            }

            var look = writer.Look();
            looks.Add((look, Picture.Of(look)));
            if (looks.Count == LeastLooks)
            {
                looked.Set();
            }
        }

        threads.ForEach(thread => thread.Join());
        var whole = writer.Look();
        Assert.That(sources.Select(source => whole.Of(source.Settings.Name).Count), Is.All.EqualTo(Requests));
        foreach (var (look, saw) in looks)
        {
            saw.AssertSame(Picture.Of(look));
            saw.AssertSame(Picture.Of(whole.Before(look.Until)));
        }
    }

    private static void Write(OperationWriter source, RunClock clock, Random random, ManualResetEventSlim looked)
    {
        var open = new Queue<long>();
        for (var i = 0; i < Requests; i++)
        {
            if (i == Requests / 2)
            {
                // On a busy machine whoever looks may not get to it before all is written.
                looked.Wait();
            }

            var due = clock.Now;
            var number = source.Enter(due);
            source.Invoke(number, clock.Now);
            open.Enqueue(number);
            while (open.Count > random.Next(50))
            {
                var answered = open.Dequeue();
                if (random.Next(100) == 0)
                {
                    // Hangs until later, or for ever.
                    open.Enqueue(answered);
                    break;
                }

                var verdict = random.Next(20) == 0 ? OperationVerdict.Error : OperationVerdict.Good;
                source.Complete(answered, clock.Now, verdict, verdict == OperationVerdict.Good ? null : $"error {random.Next(9)}", "db-a", answered, answered);
            }
        }

        source.Hold(0);
        source.EndReadBack(new ReadBack(clock.Now, null));
    }

    private static void Note(HistoryWriter writer, RunClock clock)
    {
        for (var i = 0; i < 300; i++)
        {
            var now = clock.Now;
            writer.Add(new Mark(now, MarkKind.Note, "test", "goes on"));
            writer.Add(new SignalEvent("breaker", SignalKind.Breaker, "open", now - TimeSpan.FromMilliseconds(1), now));
            var window = new TimeWindow(now, now);
            var fault = writer.Add(new FaultWindow($"fault {i}", ["database"], window, null, null, null) { Strike = i });
            writer.Update(fault, new FaultWindow($"fault {i}", ["database"], window, window, null, null) { Strike = i });
            writer.Update(fault, new FaultWindow($"fault {i}", ["database"], window, window, window, FaultEnd.Reverted) { Strike = i });
            Thread.Yield();
        }
    }
}
