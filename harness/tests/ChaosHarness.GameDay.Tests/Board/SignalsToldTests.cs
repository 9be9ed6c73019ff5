using ChaosHarness.GameDay.Board;
using ChaosHarness.Histories;
using ChaosHarness.Systems;

namespace ChaosHarness.GameDay.Tests.Board;

public sealed class SignalsToldTests
{
    [Test]
    public void What_a_system_says_now_and_then_is_all_told()
    {
        var told = new SignalsTold();
        for (var second = 1; second <= 600; second++)
        {
            var (signals, note) = told.Of([Said("lb", second), Said("db", second)], TimeSpan.FromSeconds(second));
            Assert.That((signals.Count, note), Is.EqualTo((2, (string?)null)));
        }
    }

    [Test]
    public void A_burst_is_told_in_its_order()
    {
        var (signals, note) = new SignalsTold().Of(Enumerable.Range(0, 100).Select(number => Said($"lb{number % 3}", number)), TimeSpan.FromSeconds(1));

        Assert.That(signals.Select(signal => signal.Latest.TotalSeconds), Is.EqualTo(Enumerable.Range(0, 100)));
        Assert.That(note, Is.Null);
    }

    [Test]
    public void A_flood_of_two_thousand_a_second_is_a_few_with_the_latest_of_each_source()
    {
        var told = new SignalsTold();
        var (all, notes) = (new List<SignalEvent>(), new List<string>());
        for (var look = 1; look <= 600; look++)
        {
            var (signals, note) = told.Of(Enumerable.Range(0, 200).Select(number => Said($"lb{number % 7}", (look * 200) + number)), TimeSpan.FromSeconds(look * 0.1));
            all.AddRange(signals);
            notes.AddRange(note is null ? [] : [note]);
        }

        Assert.That(all, Has.Count.InRange(600, 710), "100 at once and 10 a second, for a minute");
        Assert.That(notes, Has.Count.InRange(55, 61).And.All.EndsWith(" more are not shown here, as too many came at once; the record has them"), "one a second");

        var (last, _) = told.Of([], TimeSpan.FromMinutes(2));
        var latest = all.Concat(last).GroupBy(signal => signal.Source).Select(source => source.Last().Latest.TotalSeconds).Order().ToList();
        Assert.That(latest, Is.EqualTo(Enumerable.Range(120_193, 7)), "each source stands as it stands");
    }

    [Test]
    public void More_sources_than_anybody_looks_at_fill_no_memory()
    {
        var told = new SignalsTold();
        var count = Enumerable.Range(1, 100).Sum(look => told.Of(Enumerable.Range(0, 1_000).Select(number => Said($"{look}-{number}", look)), TimeSpan.FromSeconds(look * 0.1)).Signals.Count);

        Assert.That(count, Is.LessThanOrEqualTo(205));
    }

    private static SignalEvent Said(string source, double seconds) => new(source, SignalKind.Detected, "DOWN", TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds));
}
