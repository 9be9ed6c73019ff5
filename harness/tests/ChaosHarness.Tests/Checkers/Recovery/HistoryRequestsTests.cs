using ChaosHarness.Checkers.Recovery;
using ChaosHarness.Histories;

namespace ChaosHarness.Tests.Checkers.Recovery;

/// <summary>A history as a look reads it, in chunks of which the whole ones have summaries.</summary>
public sealed class HistoryRequestsTests
{
    private const int Count = (2 * Chunk.Size) + 10;
    private static readonly Random Random = new(7);

    private static readonly IReadOnlyList<Request> Table = [.. Enumerable.Range(0, Count).Select(k => Make(k))];

    // Within the first chunk, in the second, at the very end of the second, and of everything.
    [TestCase(100.5)]
    [TestCase(5_000)]
    [TestCase((2 * Chunk.Size) - 1)]
    [TestCase(20_000)]
    public void Each_chunk_holds_its_requests_and_no_others(double until)
    {
        var operations = new RecordedRun().With(Table).Until(until).Of("orders");
        var requests = new HistoryRequests(operations);
        var known = Table.Where(request => request.Due <= RequestTable.Ms(until)).Select(request => At(request, RequestTable.Ms(until))).ToList();

        Assert.That(requests.Chunks, Is.EqualTo((known.Count + Chunk.Size - 1) / Chunk.Size));
        Assert.That(requests.Now, Is.EqualTo(RequestTable.Ms(until)));
        for (var chunk = 0; chunk < requests.Chunks; chunk++)
        {
            var expected = known.Skip(chunk * Chunk.Size).Take(Chunk.Size).ToArray();
            Assert.That(requests.Read(chunk).ToArray(), Is.EqualTo(expected));
            var isWhole = expected.Length == Chunk.Size && requests.TrySummary(chunk, out _);
            Assert.That(requests.ReadOpen(chunk).ToArray().Where(request => request.IsOpen), Is.EqualTo(expected.Where(request => request.IsOpen)));
            if (isWhole)
            {
                requests.TrySummary(chunk, out var summary);
                var exact = RequestSummary.Of(expected);
                // By when the last bad one was known may be said too late, and never too early.
                Assert.That(summary with { LastCompletedOfBad = default }, Is.EqualTo(exact with { LastCompletedOfBad = default }));
                Assert.That(summary.LastCompletedOfBad, Is.GreaterThanOrEqualTo(exact.LastCompletedOfBad));
                Assert.That(requests.ReadOpen(chunk).Length, Is.EqualTo(exact.Open), "of a whole chunk only what is open is read");
            }
        }
    }

    [Test]
    public void What_is_not_whole_has_no_summary()
    {
        var requests = new HistoryRequests(new RecordedRun().With(Table).Until(20_000).Of("orders"));

        Assert.That(Enumerable.Range(0, requests.Chunks).Select(chunk => requests.TrySummary(chunk, out _)), Is.EqualTo(new[] { true, true, false }));
    }

    // One a millisecond; some late, some bad, some refused, and one in five hundred never answered.
    private static Request Make(int k)
    {
        var due = RequestTable.Ms(k);
        var verdict = Random.Next(10) == 0 ? (OperationVerdict)Random.Next(1, 4) : OperationVerdict.Good;
        var sent = due + RequestTable.Ms(Random.Next(6) == 0 ? 1 : 0);
        return Random.Next(500) == 0 ? new Request(due, sent, Request.Never, OperationVerdict.Good)
            : new Request(due, sent, verdict == OperationVerdict.NotSent ? sent : sent + RequestTable.Ms(Random.Next(1, 30)), verdict);
    }

    private static Request At(Request request, TimeSpan now) => request with
    {
        Sent = request.Sent <= now ? request.Sent : Request.Never,
        Completed = request.Completed <= now ? request.Completed : Request.Never,
        Verdict = request.Completed <= now ? request.Verdict : OperationVerdict.Good,
    };
}
