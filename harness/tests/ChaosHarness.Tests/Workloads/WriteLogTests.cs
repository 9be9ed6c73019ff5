using ChaosHarness.Workloads;
using CsCheck;

namespace ChaosHarness.Tests.Workloads;

public sealed class WriteLogTests
{
    [Test]
    public void Keeps_when_each_write_was_sent_acknowledged_and_by_whom()
    {
        var writes = new WriteLog();
        writes.Sent(0, TimeSpan.Zero);
        writes.Sent(70_000, TimeSpan.FromSeconds(2));
        writes.Acknowledged(70_000, TimeSpan.FromSeconds(3), "db-a");

        Assert.That(writes[0], Is.EqualTo(new WriteLogEntry(TimeSpan.Zero, null, null)));
        Assert.That(writes[1], Is.EqualTo(new WriteLogEntry(null, null, null)));
        Assert.That(writes[70_000], Is.EqualTo(new WriteLogEntry(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3), "db-a")));
        Assert.That(writes.Count, Is.EqualTo(70_001));
    }

    [Test]
    public void Ids_lead_back_to_numbers_and_those_of_other_runs_to_nothing() => Gen.Long[0, (1L << 36) - 1].Sample(number =>
    {
        var (mine, other) = (new WriteIds(7L << 36), new WriteIds(8L << 36));
        return mine.TryNumber(mine.Id(number), out var found) && found == number && mine.Id(number) > 0
            && !mine.TryNumber(other.Id(number), out _);
    });

    [Test]
    public void Drawn_ids_are_positive_and_leave_room_for_the_number() => Gen.Int[0, 100].Sample(_ =>
    {
        var ids = WriteIds.Draw();
        return ids.Base > 0 && ids.Base % (1L << 36) == 0 && ids.Id((1L << 36) - 1) > 0;
    });

    [Test]
    public void An_id_never_sent_is_foreign()
    {
        var writes = new WriteLog();
        writes.Sent(0, TimeSpan.Zero);

        Assert.That(writes.TryNumber(writes.Id(0), out _), Is.True);
        Assert.That(writes.TryNumber(writes.Id(1), out _), Is.False);
    }

    [Test]
    public void Many_writers_lose_nothing()
    {
        var writes = new WriteLog();
        Parallel.For(0, 200_000, number =>
        {
            writes.Sent(number, TimeSpan.FromTicks(number));
            writes.Acknowledged(number, TimeSpan.FromTicks(number + 1), number % 2 == 0 ? "even" : "odd");
        });

        Assert.That(writes.Count, Is.EqualTo(200_000));
        Assert.That(writes.Nodes, Is.EquivalentTo(new[] { "even", "odd" }));
        Assert.That(Enumerable.Range(0, 200_000).All(number => writes[number].AcknowledgedBy == (number % 2 == 0 ? "even" : "odd")), Is.True);
    }

    [Test]
    public void More_nodes_than_can_be_told_apart_are_nameless_and_not_wrong()
    {
        var writes = new WriteLog();
        for (var i = 0; i < 300; i++)
        {
            writes.Sent(i, TimeSpan.Zero);
            writes.Acknowledged(i, TimeSpan.Zero, "node-" + i);
        }

        Assert.That(writes.Nodes, Has.Count.EqualTo(254));
        Assert.That(writes[253].AcknowledgedBy, Is.EqualTo("node-253"));
        Assert.That(writes[299].AcknowledgedBy, Is.Null);
    }
}
