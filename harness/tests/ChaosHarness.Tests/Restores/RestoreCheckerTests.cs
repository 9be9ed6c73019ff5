using ChaosHarness.Checkers;
using ChaosHarness.Checkers.Restores;
using ChaosHarness.Faults.Restores;
using ChaosHarness.Histories;
using ChaosHarness.Timing;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace ChaosHarness.Tests.Restores;

public sealed class RestoreCheckerTests
{
    private const long FirstId = 1_000;

    [Test]
    public async Task What_was_acknowledged_before_the_moment_has_to_be_there_and_what_was_sent_after_it_must_not()
    {
        var writes = new Writes(100);

        var all = await writes.RestoreAsync(moment: (500, 510), held: Enumerable.Range(0, 50));
        var oneMissing = await writes.RestoreAsync(moment: (500, 510), held: Enumerable.Range(0, 50).Where(number => number != 17));
        var tooNew = await writes.RestoreAsync(moment: (500, 510), held: Enumerable.Range(0, 53));
        var twice = await writes.RestoreAsync(moment: (500, 510), held: Enumerable.Range(0, 50).Append(3));

        Assert.That((all.IsSound, all.Due, all.Missing, all.TooNew), Is.EqualTo((true, 50L, 0L, 0L)), all.ToString());
        Assert.That((oneMissing.IsSound, oneMissing.Missing, oneMissing.FirstMissing.Single().Id), Is.EqualTo((false, 1L, (StoredId)(FirstId + 17))), oneMissing.ToString());
        // Number 51 was sent at 510, the last time at which the moment can have been.
        Assert.That((tooNew.IsSound, tooNew.TooNew), Is.EqualTo((false, 1L)), tooNew.ToString());
        Assert.That((twice.IsSound, twice.Duplicated), Is.EqualTo((false, 1L)), twice.ToString());
    }

    [Test]
    public async Task What_whoever_goes_on_from_it_loses_counts_from_the_beginning_of_the_restore()
    {
        var outcome = await new Writes(100).RestoreAsync(moment: (500, 500), held: Enumerable.Range(0, 50));

        // Acknowledged from 505 to 995, and the restore began at 1000.
        Assert.That((outcome.Lacks, outcome.Age), Is.EqualTo((50L, TimeSpan.FromMilliseconds(495))));
        Assert.That(outcome.ToString(), Does.Contain("all of 50 writes before its moment are there; lacks 50 writes, 495ms"));
    }

    [Test]
    public async Task Restored_to_the_latest_it_promises_no_moment_and_says_what_it_lacks()
    {
        var outcome = await new Writes(100).RestoreAsync(moment: null, held: Enumerable.Range(0, 90));

        Assert.That((outcome.IsSound, outcome.Due, outcome.Lacks), Is.EqualTo((true, 0L, 10L)));
    }

    [Test]
    public void One_write_in_ten_million_is_found() => Assert.That(
        async () => (await new Writes(10_000_000, microseconds: 1).RestoreAsync(moment: (9_000, 9_000), held: Enumerable.Range(0, 9_000_000).Where(number => number != 4_711_000))).FirstMissing.Single().Id,
        Is.EqualTo((StoredId)(FirstId + 4_711_000)));

    [Test]
    public void Whatever_is_missing_is_counted_on_the_right_side_of_the_moment() => Gen.Select(Gen.Int[0, 1_000], Gen.Int[0, 50], Gen.Bool.Array[100]).Sample((moment, width, isHeld) =>
    {
        var outcome = new Writes(100).RestoreAsync((moment, moment + width), Enumerable.Range(0, 100).Where(number => isHeld[number])).AsTask().GetAwaiter().GetResult();

        Assert.That(outcome.Missing, Is.EqualTo(Enumerable.Range(0, 100).Count(number => !isHeld[number] && (number * 10) + 5 < moment)));
        Assert.That(outcome.TooNew, Is.EqualTo(Enumerable.Range(0, 100).Count(number => isHeld[number] && number * 10 > moment + width)));
        Assert.That(outcome.Lacks, Is.EqualTo(isHeld.Count(held => !held)));
    });

    [Test]
    public void A_copy_in_which_nothing_was_looked_at_is_not_sound() =>
        Assert.That(new RestoreOutcome(new RestoredCopy("copy", new TimeWindow(TimeSpan.Zero, TimeSpan.FromSeconds(1)))) is { IsSound: false } outcome ? outcome.ToString() : "sound", Is.EqualTo("restored in 1s: nothing was checked"));

    [Test]
    public void One_that_failed_has_no_time_in_which_it_would_have_been_there()
    {
        var clock = new RunClock(new FakeTimeProvider());
        var history = new HistoryWriter(clock);
        history.Add(new RestoredCopy("copy", new TimeWindow(TimeSpan.Zero, TimeSpan.FromSeconds(3))) { Problem = "no such segment", Phases = [new RestorePhase("fetch", new TimeWindow(TimeSpan.Zero, TimeSpan.FromSeconds(2)))] });

        var finding = new RestoreChecker().Check(history.LookAtAll());

        Assert.That(finding.ToString(), Is.EqualTo("not restored, after 3s: no such segment"));
        Assert.That(finding.Figures, Is.EqualTo(new[] { new Figure("restore time", "", Unit.Seconds, 3, null), Figure.Exact("restore time, fetch", "", Unit.Seconds, 2) }));
    }

    [Test]
    public async Task One_of_a_backup_that_was_broken_on_purpose_says_nothing_of_backups()
    {
        var clock = new RunClock(new FakeTimeProvider());
        var history = new HistoryWriter(clock);
        var notes = new RestoreNotes("broken", clock, history);
        notes.BrokenOnPurpose();
        var attempt = await notes.TryAsync("inner", _ => throw new InvalidOperationException("segment 17 is missing"), CancellationToken.None);
        var outcome = RestoreOutcome.Of(attempt.Copy, attempt.Seen);
        history.Add(notes.Copy(null));

        Assert.That(outcome.Copy.Problem, Is.EqualTo("segment 17 is missing"));
        Assert.That(new RestoreChecker().Check(history.LookAtAll()).Figures.Select(figure => figure.Name), Does.Not.Contain("restore time"));
    }

    /// <summary>Writes that are due every so often, answered half that later, and a restore that begins when all are.</summary>
    private sealed class Writes
    {
        private readonly FakeTimeProvider _time = new();
        private readonly RunClock _clock;
        private readonly HistoryWriter _history;

        public Writes(int count, int microseconds = 10_000)
        {
            _clock = new RunClock(_time);
            _history = new HistoryWriter(_clock);
            var source = _history.Source(new SourceSettings("orders", TimeSpan.FromSeconds(1)) { IsWorkload = true, FirstId = FirstId });
            var gap = TimeSpan.FromMicroseconds(microseconds);
            for (var number = 0; number < count; number++)
            {
                source.Enter(gap * number);
                source.Invoke(number, gap * number);
                source.Complete(number, (gap * number) + (gap / 2), OperationVerdict.Good, null, null, null, null);
            }

            _time.Advance(gap * count);
        }

        public async ValueTask<RestoreOutcome> RestoreAsync((int From, int To)? moment, IEnumerable<int> held)
        {
            var notes = new RestoreNotes("copy", _clock, _history);
            if (moment is { } asked)
            {
                notes.Targeted(new TimeWindow(TimeSpan.FromMilliseconds(asked.From), TimeSpan.FromMilliseconds(asked.To)));
            }

            await notes.LookUpAsync("orders", held.Select(number => (StoredId)(FirstId + number)).Append("of another run").ToAsyncEnumerable(), CancellationToken.None);
            _history.Add(notes.Copy(null));
            return new RestoreChecker().Check(_history.LookAtAll()).Restores[^1];
        }
    }
}
