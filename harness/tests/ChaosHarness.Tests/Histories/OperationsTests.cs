using ChaosHarness.Histories;
using ChaosHarness.Timing;
using CsCheck;

namespace ChaosHarness.Tests.Histories;

/// <summary>Chunks, columns and summaries say what plain lists say, of any prefix of any run.</summary>
public sealed class OperationsTests
{
    private static readonly Gen<(int Seed, int Operations)> Runs = Gen.Select(Gen.Int, Gen.Int[1, 10_000]);

    [Test]
    public void Each_operation_is_what_was_noted_of_it() => Everywhere((operations, plain, until, _) =>
    {
        Assert.That(operations, Has.Count.EqualTo(plain.CountAt(until)));
        Assert.That(operations.Until.Ticks, Is.EqualTo(until));
        Assert.That(operations.ReadBack, Is.EqualTo(plain.ReadBack!.At.Ticks <= until ? plain.ReadBack : null));
        var index = 0;
        foreach (var operation in operations)
        {
            var expected = plain.At(index, until);
            if (operation != expected || operations[index] != expected)
            {
                Assert.That(operation, Is.EqualTo(expected));
                Assert.That(operations[index], Is.EqualTo(expected));
            }

            index++;
        }

        Assert.That(index, Is.EqualTo(operations.Count));
    });

    [Test]
    public void Silence_is_overdue_after_twice_what_nearly_all_good_answers_of_the_last_ten_seconds_took() => Everywhere((operations, plain, until, _) =>
    {
        var (least, most) = plain.OverdueAfter(until);
        Assert.That(operations.OverdueAfter.Ticks, Is.InRange(least, most));
    });

    [Test]
    public void Standings_are_what_the_definition_says() => Everywhere((operations, plain, until, _) =>
    {
        for (var index = 0; index < operations.Count; index++)
        {
            var (actual, expected) = (operations.StandingOf(index), plain.StandingOf(index, until, operations.OverdueAfter.Ticks));
            if (actual != expected)
            {
                Assert.That(actual, Is.EqualTo(expected), $"operation {index}");
            }
        }
    });

    [Test]
    public void Windows_begin_at_the_first_operation_due_in_them() => Everywhere((operations, plain, until, run) =>
    {
        var due = run.AnyTime();
        var expected = plain.Operations.Take(operations.Count).TakeWhile(operation => operation.Due < due.Ticks).Count();
        Assert.That(operations.From(due), Is.EqualTo(expected));
    });

    [Test]
    public void Tallies_of_windows_are_what_counting_one_by_one_gives() => Everywhere((operations, plain, until, run) =>
    {
        var window = new TimeWindow(run.AnyTime(), run.AnyTime());
        var standings = Enumerable.Range(0, operations.Count)
            .Where(index => window.Contains(new TimeSpan(plain.Operations[index].Due)))
            .Select(index => plain.StandingOf(index, until, operations.OverdueAfter.Ticks))
            .ToList();
        var expected = new Tally(
            standings.Count(standing => standing == Standing.Good),
            standings.Count(standing => standing is Standing.Bad or Standing.Overdue),
            standings.Count(standing => standing == Standing.Young));
        Assert.That(operations.TallyOf(window), Is.EqualTo(expected));
        Assert.That(operations.TallyOf(window).Decided, Is.EqualTo(expected.Good + expected.Bad));
    });

    [Test]
    public void The_last_bad_one_is_what_looking_at_each_from_the_end_finds() => Everywhere((operations, plain, until, run) =>
    {
        var before = run.AnyIndex();
        var index = Math.Min(before, operations.Count) - 1;
        while (index >= 0 && plain.StandingOf(index, until, operations.OverdueAfter.Ticks) is not (Standing.Bad or Standing.Overdue))
        {
            index--;
        }

        Assert.That(operations.LastBad(before), Is.EqualTo(Math.Max(index, -1)));
    });

    [Test]
    public void What_was_seen_is_counted_as_one_by_one() => Everywhere((operations, plain, until, run) =>
    {
        var window = new TimeWindow(run.AnyTime(), run.AnyTime());
        var most = 1 + (run.Whole.Of("orders").Count % 4);
        Assert.That(operations.Details(window, most), Is.EqualTo(plain.Details(window, until, operations.OverdueAfter.Ticks, most)));
    });

    [Test]
    public void What_a_look_saw_is_what_the_whole_history_says_of_that_time() => Runs.Sample(
        drawn =>
        {
            var run = new RandomRun(drawn.Seed, drawn.Operations);
            foreach (var (look, saw) in run.Looks)
            {
                saw.AssertSame(Picture.Of(look));
                saw.AssertSame(Picture.Of(run.Whole.Before(look.Until)));
            }
        },
        iter: 20);

    private static void Everywhere(Action<Operations, PlainSource, long, RandomRun> check) => Runs.Sample(
        drawn =>
        {
            var run = new RandomRun(drawn.Seed, drawn.Operations);
            foreach (var time in new[] { run.AnyTime(), run.AnyTime(), run.AnyTime(), run.Whole.Until })
            {
                var history = run.Whole.Before(time);
                check(history.Of("orders"), run.Plain, history.Until.Ticks, run);
            }
        },
        iter: 10);
}
