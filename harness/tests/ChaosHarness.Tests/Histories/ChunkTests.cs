using ChaosHarness.Histories;
using CsCheck;

namespace ChaosHarness.Tests.Histories;

public sealed class ChunkTests
{
    private const long Start = 7_000;
    private static readonly ushort[] None = [];

    [Test]
    public void A_chunk_is_summarised_anew_only_when_another_of_its_operations_has_come_to_its_end()
    {
        var chunk = new Chunk(Start, null);
        for (var index = 0; index < Chunk.Size; index++)
        {
            chunk.Enter(index, Start, Start);
            if (index % 100 != 7)
            {
                Complete(chunk, index, index < Chunk.Size / 2 ? OperationVerdict.Good : OperationVerdict.Error);
            }
        }

        var (first, second) = (chunk.Summary!, chunk.Summary);
        Assert.That(second, Is.SameAs(first));
        Assert.That((first.Complete, first.Open.Length), Is.EqualTo((Chunk.Size - 41, 41)));
        Assert.That(first.Open.Select(index => index % 100), Is.All.EqualTo(7));

        chunk.Invoke(107, Start + 1);
        Assert.That(chunk.Summary, Is.SameAs(first), "what was sent and is open is not in it");
        Complete(chunk, 107, OperationVerdict.Good);
        Assert.That(chunk.Summary, Is.Not.SameAs(first));
        Assert.That((chunk.Summary!.Complete, chunk.Summary.Good, chunk.Summary.Open.Contains((ushort)107)), Is.EqualTo((first.Complete + 1, first.Good + 1, false)));
    }

    [Test]
    public void A_summary_is_what_a_plain_list_comes_to() => Gen.Select(Gen.Int, Gen.Int[0, 2], Gen.Int[0, 2]).Sample(
        (seed, kind, hanging) =>
        {
            var random = new Random(seed);
            var chunk = new Chunk(Start, null);
            var plain = new List<(long Sent, long Completed, OperationVerdict Verdict)>();
            var open = new List<int>();
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

                if (random.Next(10) < hanging)
                {
                    open.Add(index);
                    continue;
                }

                chunk.Complete(index, completed, verdict, 0, 0, null, null);
                plain.Add((sent, completed, verdict));
            }

            var (good, bad) = (plain.Where(one => one.Verdict == OperationVerdict.Good).ToList(), plain.Where(one => one.Verdict != OperationVerdict.Good).ToList());
            var (isSent, refused) = (plain.Where(one => one.Verdict != OperationVerdict.NotSent).ToList(), plain.Where(one => one.Verdict == OperationVerdict.NotSent).ToList());
            var summary = chunk.Summary!;
            Assert.That(summary.Open, Is.EqualTo(open));
            Assert.That(summary with { Open = None }, Is.EqualTo(new ChunkSummary(
                plain.Count,
                None,
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

        Assert.That(chunk.Summary! with { Open = None }, Is.EqualTo(new ChunkSummary(Chunk.Size, None, 0, Start + 5, long.MaxValue, long.MinValue, Start + 5, long.MaxValue, long.MinValue, long.MinValue, Start + 5)));
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
