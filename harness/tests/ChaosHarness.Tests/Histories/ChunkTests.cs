using ChaosHarness.Histories;
using CsCheck;

namespace ChaosHarness.Tests.Histories;

public sealed class ChunkTests
{
    private const long Start = 7_000;

    [Test]
    public void A_chunk_is_summarised_once_it_is_full_and_complete()
    {
        var chunk = new Chunk(Start, null);
        for (var index = 0; index < Chunk.Size; index++)
        {
            chunk.Enter(index, Start, Start);
            Assert.That(chunk.Summary, Is.Null);
            Complete(chunk, index, index < Chunk.Size / 2 ? OperationVerdict.Good : OperationVerdict.Error);
        }

        Assert.That((chunk.IsFrozen, chunk.Summary?.Good), Is.EqualTo((true, (int?)Chunk.Size / 2)));
        var (first, second) = (chunk.Summary, chunk.Summary);
        Assert.That(second, Is.SameAs(first));
    }

    [Test]
    public void A_summary_is_what_a_plain_list_comes_to() => Gen.Select(Gen.Int, Gen.Int[0, 2]).Sample(
        (seed, kind) =>
        {
            var random = new Random(seed);
            var chunk = new Chunk(Start, null);
            var plain = new List<(long Sent, long Completed, OperationVerdict Verdict)>();
            for (var index = 0; index < Chunk.Size; index++)
            {
                // All good, none good, and all kinds.
                var verdict = kind switch { 0 => OperationVerdict.Good, 1 => (OperationVerdict)random.Next(1, 4), _ => (OperationVerdict)random.Next(4) };
                var (due, sent, completed) = (Start + (index * 1_000), Start + (index * 1_000) + random.Next(900_000), Start + (index * 1_000) + 900_000 + random.Next(900_000));
                chunk.Enter(index, due, due);
                if (verdict != OperationVerdict.NotSent)
                {
                    chunk.Invoke(index, sent);
                }

                chunk.Complete(index, completed, verdict, 0, 0, null, null);
                plain.Add((sent, completed, verdict));
            }

            var (good, bad) = (plain.Where(one => one.Verdict == OperationVerdict.Good).ToList(), plain.Where(one => one.Verdict != OperationVerdict.Good).ToList());
            var (isSent, refused) = (plain.Where(one => one.Verdict != OperationVerdict.NotSent).ToList(), plain.Where(one => one.Verdict == OperationVerdict.NotSent).ToList());
            Assert.That(chunk.Summary, Is.EqualTo(new ChunkSummary(
                good.Count,
                plain.Max(one => one.Completed),
                isSent.Min(one => one.Sent),
                isSent.Max(one => one.Sent),
                bad.Select(one => one.Completed).DefaultIfEmpty(long.MinValue).Max(),
                good.Select(one => one.Completed).DefaultIfEmpty(long.MaxValue).Min(),
                good.Select(one => one.Sent).DefaultIfEmpty(long.MinValue).Max(),
                bad.Where(one => one.Verdict != OperationVerdict.NotSent).Select(one => one.Sent).DefaultIfEmpty(long.MinValue).Max(),
                refused.Select(one => one.Completed).DefaultIfEmpty(long.MinValue).Max())));
        },
        iter: 20);

    [Test]
    public void A_chunk_of_which_nothing_was_sent_has_no_times_of_sending()
    {
        var chunk = new Chunk(Start, null);
        for (var index = 0; index < Chunk.Size; index++)
        {
            chunk.Enter(index, Start, Start);
            Complete(chunk, index, OperationVerdict.NotSent);
        }

        Assert.That(chunk.Summary, Is.EqualTo(new ChunkSummary(0, Start + 5, long.MaxValue, long.MinValue, Start + 5, long.MaxValue, long.MinValue, long.MinValue, Start + 5)));
    }

    [Test]
    public void What_is_complete_is_counted_where_none_of_it_is_later()
    {
        var chunk = new Chunk(Start, null);
        Assert.That((chunk.CompleteBy(0), chunk.LastCompleted, chunk.LastBegun), Is.EqualTo(((ChunkTally?)new ChunkTally(0, 0), long.MinValue, long.MinValue)));

        chunk.Enter(0, Start, Start);
        chunk.Enter(1, Start + 1, Start + 1);
        chunk.Enter(2, Start + 2, Start + 2);
        Assert.That(chunk.LastBegun, Is.EqualTo(Start + 2));
        chunk.Invoke(0, Start + 9);
        chunk.Invoke(1, Start + 3);
        chunk.Complete(1, Start + 10, OperationVerdict.Good, 0, 0, null, null);
        chunk.Complete(0, Start + 9, OperationVerdict.Slow, 0, 0, null, null);

        Assert.That((chunk.LastBegun, chunk.LastCompleted), Is.EqualTo((Start + 9, Start + 10)));
        Assert.That((chunk.CompleteBy(Start + 9), chunk.CompleteBy(Start + 10)), Is.EqualTo(((ChunkTally?)null, (ChunkTally?)new ChunkTally(1, 1))));
    }

    private static void Complete(Chunk chunk, int index, OperationVerdict verdict) => chunk.Complete(index, Start + 5, verdict, 0, 0, null, null);
}
