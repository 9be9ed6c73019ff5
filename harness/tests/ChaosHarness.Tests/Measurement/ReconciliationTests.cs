using ChaosHarness.Measurement;
using ChaosHarness.Timing;
using ChaosHarness.Workloads;
using CsCheck;

namespace ChaosHarness.Tests.Measurement;

public sealed class ReconciliationTests
{
    private static readonly TimeWindow Injection = new(TimeSpan.FromSeconds(100), TimeSpan.FromSeconds(101));

    // Each write is acknowledged or not and held 0 to 3 times; what is counted must be what a set would say.
    [Test]
    public void Counts_what_a_plain_model_counts() => Gen.Select(Gen.Bool, Gen.Int[0, 3]).List[0, 500].Sample(fates =>
    {
        var writes = new WriteLog();
        var stored = new List<long> { 1, 2, 3, long.MaxValue };
        for (var i = 0; i < fates.Count; i++)
        {
            var attempt = writes.Sent(i, TimeSpan.FromMilliseconds(i));
            if (fates[i].Item1)
            {
                writes.Acknowledged(i, TimeSpan.FromMilliseconds(i + 2));
            }

            stored.AddRange(Enumerable.Repeat(attempt.Id, fates[i].Item2));
        }

        var loss = Reconcile(writes, stored);
        var lost = Enumerable.Range(0, fates.Count).Where(i => fates[i] is { Item1: true, Item2: 0 }).ToList();
        return loss.Sent == fates.Count
            && loss.Acknowledged == fates.Count(fate => fate.Item1)
            && loss.Lost == lost.Count
            && loss.Indeterminate == fates.Count(fate => fate is { Item1: false, Item2: > 0 })
            && loss.Duplicated == fates.Count(fate => fate.Item2 > 1)
            && loss.OldestLost == (lost.Count == 0 ? null : TimeSpan.FromMilliseconds(lost[0] + 2))
            && loss.LostWrites.SequenceEqual(lost.Select(i => new LostWrite(writes.Id(i), TimeSpan.FromMilliseconds(i + 2), null)));
    });

    [Test]
    public void The_age_of_a_loss_runs_from_the_oldest_lost_acknowledgement_to_the_end_of_the_injection()
    {
        var writes = Acknowledged(97, 98, 99);

        var loss = Reconcile(writes, [writes.Id(0)]);

        Assert.That(loss.Lost, Is.EqualTo(2));
        Assert.That(loss.Age, Is.EqualTo(TimeSpan.FromSeconds(3)));
        Assert.That(loss.ToString(), Is.EqualTo("2 of 3 writes, 3s"));
    }

    [Test]
    public void The_oldest_loss_counts_even_when_acknowledgements_came_out_of_order()
    {
        var writes = Acknowledged(99, 97, 98);

        Assert.That(Reconcile(writes, []).OldestLost, Is.EqualTo(TimeSpan.FromSeconds(97)));
    }

    [Test]
    public void A_write_lost_after_the_injection_has_age_zero()
    {
        var loss = Reconcile(Acknowledged(150), []);

        Assert.That(loss.Lost, Is.EqualTo(1));
        Assert.That(loss.Age, Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public void Nothing_lost_is_said_plainly() => Assert.That(Reconcile(new WriteLog(), []).ToString(), Is.EqualTo("0 of 0 writes"));

    [Test]
    public void A_write_sent_after_a_promotion_and_acknowledged_by_the_old_primary_has_diverged()
    {
        var writes = new WriteLog();
        AckBy(writes, 0, sent: 99, "db-a");
        AckBy(writes, 1, sent: 105, "db-a");
        AckBy(writes, 2, sent: 105, "db-b");
        AckBy(writes, 3, sent: 115, "db-b");
        AckBy(writes, 4, sent: 115, "db-a");
        AckBy(writes, 5, sent: 115, null);
        Promotion[] promotions = [new("db-b", TimeSpan.FromSeconds(102)), new("db-a", TimeSpan.FromSeconds(110))];

        var loss = Reconcile(writes, Enumerable.Range(0, 6).Select(i => writes.Id(i)), promotions);

        // Write 1, by the deposed db-a, and write 3, by db-b after db-a took over again.
        Assert.That(loss.Diverged, Is.EqualTo(2));
        Assert.That(loss.Lost, Is.Zero);
    }

    [Test]
    public void A_write_sent_just_as_the_promotion_was_done_counts_as_sent_after_it()
    {
        var writes = new WriteLog();
        AckBy(writes, 0, sent: 102, "db-a");

        Assert.That(Reconcile(writes, [], [new Promotion("db-b", TimeSpan.FromSeconds(102))]).Diverged, Is.EqualTo(1));
    }

    [Test]
    public void Reading_can_be_stopped() =>
        Assert.That(
            () => Reconciliation.ReconcileAsync(new WriteLog(), EndlessAsync(), Injection, [], new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());

    private static async IAsyncEnumerable<long> EndlessAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (true)
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            yield return 0;
        }
    }

    private static WriteLog Acknowledged(params int[] seconds)
    {
        var writes = new WriteLog();
        for (var i = 0; i < seconds.Length; i++)
        {
            writes.Sent(i, TimeSpan.FromSeconds(seconds[i]));
            writes.Acknowledged(i, TimeSpan.FromSeconds(seconds[i]));
        }

        return writes;
    }

    private static void AckBy(WriteLog writes, long number, int sent, string? node)
    {
        writes.Sent(number, TimeSpan.FromSeconds(sent));
        writes.Acknowledged(number, TimeSpan.FromSeconds(sent + 1), node);
    }

    private static DataLoss Reconcile(WriteLog writes, IEnumerable<long> stored, IReadOnlyList<Promotion>? promotions = null) =>
        Reconciliation.ReconcileAsync(writes, stored.ToAsyncEnumerable(), Injection, promotions ?? []).GetAwaiter().GetResult();
}
