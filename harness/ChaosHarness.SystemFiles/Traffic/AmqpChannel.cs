using System.Text;
using ChaosHarness.Histories;
using RabbitMQ.Client;

namespace ChaosHarness.SystemFiles.Traffic;

/// <summary>A connection to RabbitMQ with one channel, on which each message is confirmed before the next.</summary>
internal sealed class AmqpChannel : IAsyncDisposable
{
    private readonly IConnection _connection;
    private readonly IChannel _channel;

    private AmqpChannel(IConnection connection, IChannel channel)
    {
        _connection = connection;
        _channel = channel;
    }

    public static async Task<AmqpChannel> OpenAsync(Uri address, CancellationToken cancellationToken)
    {
        // Recovery of its own would hide a failure.
        var factory = new ConnectionFactory { Uri = address, AutomaticRecoveryEnabled = false, TopologyRecoveryEnabled = false, ClientProvidedName = "chaosharness" };
        var connection = await factory.CreateConnectionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return new AmqpChannel(connection, await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Publishes a message; returns when it is confirmed.</summary>
    public ValueTask PublishAsync(string exchange, string queue, string body, CancellationToken cancellationToken) =>
        _channel.BasicPublishAsync(exchange, queue, mandatory: true, new BasicProperties { Persistent = true }, Encoding.UTF8.GetBytes(body), cancellationToken);

    /// <summary>The ids of all messages of a queue. They are there again as soon as this is disposed.</summary>
    public async Task<IReadOnlyList<StoredId>> PeekAsync(string queue, CancellationToken cancellationToken)
    {
        var found = new List<StoredId>();
        while (await _channel.BasicGetAsync(queue, autoAck: false, cancellationToken).ConfigureAwait(false) is { } message)
        {
            if (IdText.Find(Encoding.UTF8.GetString(message.Body.Span)) is { } id)
            {
                found.Add(id);
            }
        }

        return found;
    }

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync().ConfigureAwait(false);
        await _connection.DisposeAsync().ConfigureAwait(false);
    }
}
