using System.Runtime.CompilerServices;
using ChaosHarness.Histories;
using ChaosHarness.SystemFiles.Forms;
using ChaosHarness.SystemFiles.Sections;
using ChaosHarness.Workloads;

namespace ChaosHarness.SystemFiles.Traffic;

/// <summary>Messages to RabbitMQ as a file describes them.</summary>
internal static class AmqpWrites
{
    public static (Workload Workload, IAsyncDisposable? Held) Of(string name, double rate, Values values)
    {
        var address = values.Get(AmqpSection.Connect)!;
        var (exchange, queue, body) = (values.Get(AmqpSection.Exchange) ?? "", values.Get(AmqpSection.Queue)!, values.Get(AmqpSection.Body) ?? IdText.Place);
        var pool = new ConnectionPool<AmqpChannel>(token => AmqpChannel.OpenAsync(address, token), channel => channel.IsOpen);
        var workload = new Workload(name, rate, (write, token) => pool.UseAsync(async (channel, within) =>
        {
            await channel.PublishAsync(exchange, queue, IdText.Fill(body, write.Id), within).ConfigureAwait(false);
            return WriteOutcome.Ack();
        }, token));
        return (workload.ReadBack(token => StoredAsync(address, queue, token)), pool);
    }

    private static async IAsyncEnumerable<StoredId> StoredAsync(Uri address, string queue, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // On a connection of its own: when it ends, what was looked at is in the queue again.
        var channel = await AmqpChannel.OpenAsync(address, cancellationToken).ConfigureAwait(false);
        await using var closing = channel.ConfigureAwait(false);
        foreach (var id in await channel.PeekAsync(queue, cancellationToken).ConfigureAwait(false))
        {
            yield return id;
        }
    }
}
