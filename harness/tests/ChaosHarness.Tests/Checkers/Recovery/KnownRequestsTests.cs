using ChaosHarness.Checkers.Recovery;
using ChaosHarness.Histories;
using ChaosHarness.Timing;
using CsCheck;

namespace ChaosHarness.Tests.Checkers.Recovery;

/// <summary>Each question that a look asks, against every request looked at, on times so coarse that many are equal.</summary>
public sealed class KnownRequestsTests
{
    private static readonly RequestRule Rule = new(TimeSpan.FromMilliseconds(6), TimeSpan.FromMilliseconds(9), TimeSpan.FromMilliseconds(4));

    private static readonly Gen<List<Request>> Requests = Gen.Select(Gen.Int[0, 12], Gen.Int[0, 3], Gen.Int[-1, 10], Gen.Int[0, 5]).List[0, 14].Select(list => list.Select(Make).OrderBy(request => request.Due).ToList());

    [Test]
    public void Every_question_has_the_answer_that_reading_everything_gives() => Gen.Select(Requests, Gen.Int[-1, 22], Gen.Int[-1, 22], Gen.Int[1, 4]).Sample(
        (requests, a, b, size) =>
        {
            var (one, other) = (RequestTable.Ms(Math.Min(a, b)), RequestTable.Ms(Math.Max(a, b)));
            var table = new RequestTable(requests, RequestTable.Ms(40), size);
            var known = new KnownRequests(table);
            var good = table.Known.Where(request => request.IsGood).ToList();
            var bad = Judged(table, one).Where(judged => judged.Kind == RequestKind.Bad).ToList();
            var suspect = Judged(table, one).Where(judged => judged.Kind is RequestKind.Bad or RequestKind.Doubt).ToList();
            var counted = good.Where(request => request.Sent >= one && request.Sent < other).ToList();

            Assert.That(known.AnyBad(Rule, one), Is.EqualTo(bad.Count > 0));
            Assert.That(known.LastSentOfBad(Rule, one, other), Is.EqualTo(bad.Select(judged => judged.Request.Sent).Append(other).Max()));
            Assert.That(known.LastMet(Rule, one, one), Is.EqualTo(suspect.Select(judged => judged.Met).Append(one).Max()));
            Assert.That(known.LastSentOfGood(), Is.EqualTo(good.Select(request => request.Sent).DefaultIfEmpty(TimeSpan.MinValue).Max()));
            Assert.That(known.FirstAnswerTo(one), Is.EqualTo(good.Where(request => request.Sent >= one).Select(request => request.Completed).DefaultIfEmpty(Request.Never).Min()));
            Assert.That(known.LastSentOfAnswered(one), Is.EqualTo(good.Where(request => request.Completed <= one).Select(request => request.Sent).DefaultIfEmpty(TimeSpan.MinValue).Max()));
            Assert.That(known.GoodSent(one, other), Is.EqualTo(((long)counted.Count, counted.Select(request => request.Sent).DefaultIfEmpty(TimeSpan.MinValue).Max())));
            Assert.That(SteadyAnswers.Of(known, new TimeWindow(one, other)), Is.EqualTo(Steady(good, one, other)));
        },
        iter: 20_000);

    [Test]
    public void Outages_in_sequence_are_counted_as_defined_also_where_times_are_equal() => Gen.Select(Requests, Gen.Int[0, 12], Gen.Int[1, 4]).Sample(
        (requests, strike, size) =>
        {
            var table = new RequestTable(requests, RequestTable.Ms(40), size);
            var definition = new RecoveryDefinition(table.Known, table.Now, Rule, new TimeWindow(RequestTable.Ms(strike), RequestTable.Ms(strike)), new Stability(1, TimeSpan.Zero));

            Assert.That(OutageCount.Of(new KnownRequests(table), Rule, RequestTable.Ms(strike)), Is.EqualTo(definition.Outages()));
        },
        iter: 20_000);

    [Test]
    public void The_longest_unseen_outage_is_as_defined_also_where_times_are_equal() => Gen.Select(Requests, Gen.Int[0, 12], Gen.Int[1, 4]).Sample(
        (requests, strike, size) =>
        {
            var at = RequestTable.Ms(strike);
            var table = new RequestTable(requests, RequestTable.Ms(40), size);
            var definition = new RecoveryDefinition(table.Known, table.Now, Rule, new TimeWindow(at, at), new Stability(1, TimeSpan.Zero));

            Assert.That(UnseenOutage.From(new KnownRequests(table), at), Is.EqualTo(definition.LongestUnseen()));
        },
        iter: 20_000);

    [TestCase("g 0-1, E 10-12, g 20-21, g 30-31, g 55-56, g 60-61", 26d)]
    [TestCase("g 0-1, E 10-12, g 20-21", null, TestName = "who has not recovered has no later outage")]
    [TestCase("g 0-1, g 10-12, g 20-21, g 30-31", null, TestName = "who was not interrupted has no later one")]
    public void The_longest_unseen_outage_after_a_recovery_is_told_of_who_recovered(string table, double? expected)
    {
        var at = new TimeWindow(RequestTable.Ms(5), RequestTable.Ms(5));
        var measured = new RecoveryMeasurement(new RequestTable(RequestTable.Parse(table), RequestTable.Ms(100)), new RecoverySettings(null, RequestTable.Ms(9), new Stability(2, TimeSpan.Zero), at, at));

        Assert.That(measured.LongestUnseenLater, Is.EqualTo(expected is { } length ? RequestTable.Ms(length) : (TimeSpan?)null));
    }

    [Test]
    public void A_look_reads_no_chunk_that_cannot_change_its_answer()
    {
        // Good ones from 0 to 9 ms, bad ones from 20 to 29 ms, good ones from 40 to 49 ms, ten to a chunk.
        var requests = Enumerable.Range(0, 30).Select(k => (Sent: (k / 10 * 20) + (k % 10), IsBad: k / 10 == 1))
            .Select(request => new Request(RequestTable.Ms(request.Sent), RequestTable.Ms(request.Sent), RequestTable.Ms(request.Sent + 1), request.IsBad ? OperationVerdict.Error : OperationVerdict.Good)).ToList();
        var counted = new Counted(new RequestTable(requests, RequestTable.Ms(100), 10));
        var known = new KnownRequests(counted);
        var (strike, last) = (RequestTable.Ms(15), RequestTable.Ms(29));

        Assert.That(counted.Of(() => known.AnyBad(Rule, strike)), Is.EqualTo((true, 1)), "up to the first that is bad");
        Assert.That(counted.Of(() => known.AnyBad(Rule, RequestTable.Ms(31))), Is.EqualTo((false, 0)), "whatever failed had failed before");
        Assert.That(counted.Of(() => known.LastSentOfBad(Rule, strike, RequestTable.Ms(28))), Is.EqualTo((last, 1)));
        Assert.That(counted.Of(() => known.LastSentOfBad(Rule, strike, last)), Is.EqualTo((last, 0)));
        Assert.That(counted.Of(() => known.LastMet(Rule, strike, RequestTable.Ms(29.5))), Is.EqualTo((RequestTable.Ms(30), 1)));
        Assert.That(counted.Of(() => known.LastMet(Rule, strike, RequestTable.Ms(30))), Is.EqualTo((RequestTable.Ms(30), 0)), "the summary says that none was met later");
        Assert.That(counted.Of(() => known.FirstAnswerTo(RequestTable.Ms(40))), Is.EqualTo((RequestTable.Ms(41), 0)), "a whole chunk answers by its summary");
        Assert.That(counted.Of(() => known.FirstAnswerTo(RequestTable.Ms(45))), Is.EqualTo((RequestTable.Ms(46), 1)));
        Assert.That(counted.Of(() => known.FirstAnswerTo(RequestTable.Ms(5))), Is.EqualTo((RequestTable.Ms(6), 1)), "later ones were answered later");
        Assert.That(counted.Of(() => known.LastSentOfAnswered(RequestTable.Ms(100))), Is.EqualTo((RequestTable.Ms(49), 1)));
        Assert.That(counted.Of(() => known.LastSentOfAnswered(RequestTable.Ms(10))), Is.EqualTo((RequestTable.Ms(9), 1)));
        Assert.That(counted.Of(() => known.GoodSent(RequestTable.Ms(0), RequestTable.Ms(60))), Is.EqualTo(((20L, RequestTable.Ms(49)), 0)));
        Assert.That(counted.Of(() => known.GoodSent(RequestTable.Ms(42), RequestTable.Ms(60))), Is.EqualTo(((8L, RequestTable.Ms(49)), 1)));
        Assert.That(counted.Of(() => known.GoodSent(RequestTable.Ms(40), RequestTable.Ms(49))), Is.EqualTo(((9L, RequestTable.Ms(48)), 1)));
        Assert.That(counted.Of(() => SteadyAnswers.Of(known, new TimeWindow(TimeSpan.Zero, RequestTable.Ms(20))).Count), Is.EqualTo((10L, 1)), "what was sent at its end is not in it");
        Assert.That(counted.Of(() => UnseenOutage.From(known, RequestTable.Ms(40))), Is.EqualTo(((TimeSpan?)RequestTable.Ms(2), 1)));
    }

    [Test]
    public void A_look_at_open_requests_reads_the_chunks_that_have_some()
    {
        List<Request> requests = [.. Enumerable.Range(0, 30).Select(k => new Request(RequestTable.Ms(k), RequestTable.Ms(k), k == 25 ? Request.Never : RequestTable.Ms(k + 1), OperationVerdict.Good))];
        var counted = new Counted(new RequestTable(requests, RequestTable.Ms(27), 10));
        var known = new KnownRequests(counted);
        counted.Reads = counted.OpenReads = 0;

        var bounds = RecoveryBounds.Of(known, Rule, new TimeWindow(RequestTable.Ms(2), RequestTable.Ms(2)), new Stability(1, TimeSpan.Zero));

        Assert.That((bounds.Interrupted, counted.OpenReads), Is.EqualTo((false, 1)));
        Assert.That(Enumerable.Range(0, known.Chunks).Select(known.OpenIn), Is.EqualTo(new[] { 0, 0, 1 + 1 }), "the one that hangs, and the one of a moment ago");
    }

    [Test]
    public void A_summary_leaves_out_what_is_open_and_keeps_what_was_refused_apart()
    {
        var summary = RequestSummary.Of(RequestTable.Parse("g 3-5, E 4-9, ? 6, ? 7, N 8, S 2-11").ToArray());

        Assert.That(summary, Is.EqualTo(new RequestSummary
        {
            FirstSent = RequestTable.Ms(2),
            LastSent = RequestTable.Ms(4),
            LastSentOfGood = RequestTable.Ms(3),
            FirstCompletedOfGood = RequestTable.Ms(5),
            LastSentOfBad = RequestTable.Ms(4),
            LastCompletedOfBad = RequestTable.Ms(11),
            LastRefused = RequestTable.Ms(8),
            Good = 1,
            Open = 2,
        }));
    }

    private static SteadyAnswers Steady(List<Request> good, TimeSpan start, TimeSpan end)
    {
        var inside = good.Where(request => request.Sent >= start && request.Completed < end).ToList();
        return new SteadyAnswers(inside.Count, inside.Select(request => request.Took).DefaultIfEmpty(TimeSpan.Zero).Max());
    }

    private static IEnumerable<(Request Request, RequestKind Kind, TimeSpan Met)> Judged(RequestTable table, TimeSpan strike) =>
        table.Known.Where(request => !request.IsOpen).Select(request => (request, Rule.OfComplete(request, strike, out var met), met));

    private static Request Make((int Due, int Late, int Took, int Verdict) of)
    {
        var verdict = (OperationVerdict)(of.Verdict % 4);
        var sent = RequestTable.Ms(of.Due + of.Late);
        return of.Took < 0 ? new Request(RequestTable.Ms(of.Due), sent, Request.Never, OperationVerdict.Good)
            : new Request(RequestTable.Ms(of.Due), sent, verdict == OperationVerdict.NotSent ? sent : sent + RequestTable.Ms(of.Took), verdict);
    }

    /// <summary>Counts what is read.</summary>
    private sealed class Counted(RequestTable table) : IRequests
    {
        public int Reads { get; set; }

        public int OpenReads { get; set; }

        public TimeSpan Now => table.Now;

        public int Chunks => table.Chunks;

        public (T Answer, int Reads) Of<T>(Func<T> ask)
        {
            Reads = 0;
            return (ask(), Reads);
        }

        public bool TrySummary(int chunk, out RequestSummary summary) => table.TrySummary(chunk, out summary);

        public ReadOnlySpan<Request> ReadOpen(int chunk)
        {
            OpenReads++;
            return table.ReadOpen(chunk);
        }

        public ReadOnlySpan<Request> Read(int chunk)
        {
            Reads++;
            return table.Read(chunk);
        }
    }
}
