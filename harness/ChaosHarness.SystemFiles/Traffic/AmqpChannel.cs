using System.Text;
using System.Threading.Channels;
using ChaosHarness.Histories;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace ChaosHarness.SystemFiles.Traffic;

/// <summary>A connection to RabbitMQ with one channel, on which each message is confirmed before the next.</summary>
internal sealed class AmqpChannel : IAsyncDisposable
{
    // What one consumer may hold: without a word, a quorum queue stops at 2000.
    private const ushort Most = 60_000;

    // A broker that hangs answers no goodbye.
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(1);
    private readonly IConnection _connection;
    private readonly IChannel _channel;

    private AmqpChannel(IConnection connection, IChannel channel)
    {
        _connection = connection;
        _channel = channel;
    }

    /// <summary>Whether neither side has ended it.</summary>
    public bool IsOpen => _channel.IsOpen;

    /// <exception cref="InvalidOperationException">The broker does not let this user in; says what to look at.</exception>
    public static async Task<AmqpChannel> OpenAsync(Uri address, CancellationToken cancellationToken)
    {
        // Recovery of its own would hide a failure.
        var factory = new ConnectionFactory { Uri = address, AutomaticRecoveryEnabled = false, TopologyRecoveryEnabled = false, ClientProvidedName = "chaosharness" };
        var connection = await ConnectAsync(factory, cancellationToken).ConfigureAwait(false);
        try
        {
            return new AmqpChannel(connection, await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            await EndAsync(connection, null).WaitAsync(Goodbye, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    /// <summary>Publishes a message; returns when it is confirmed.</summary>
    public ValueTask PublishAsync(string exchange, string queue, string body, CancellationToken cancellationToken) =>
        _channel.BasicPublishAsync(exchange, queue, mandatory: true, new BasicProperties { Persistent = true }, Encoding.UTF8.GetBytes(body), cancellationToken);

    /// <summary>
    /// The ids of all messages of a queue, which are there again as soon as this is disposed. All at once: asked for one by one, each message of a quorum
    /// queue is agreed on by its members.
    /// </summary>
    public async Task<IReadOnlyList<StoredId>> PeekAsync(string queue, CancellationToken cancellationToken)
    {
        var found = new List<StoredId>();
        var held = await _channel.QueueDeclarePassiveAsync(queue, cancellationToken).ConfigureAwait(false);
        var read = Channel.CreateUnbounded<string>();
        var consumer = new AsyncEventingBasicConsumer(_channel);
        consumer.ReceivedAsync += async (_, message) => await read.Writer.WriteAsync(Encoding.UTF8.GetString(message.Body.Span), cancellationToken).ConfigureAwait(false);
        consumer.ShutdownAsync += (_, end) => Task.FromResult(read.Writer.TryComplete(new IOException(end.ReplyText)));
        await _channel.BasicQosAsync(0, Most, global: false, cancellationToken).ConfigureAwait(false);
        for (var given = 0L; given < held.MessageCount; given += Most)
        {
            await _channel.BasicConsumeAsync(queue, autoAck: false, consumer, cancellationToken).ConfigureAwait(false);
        }

        for (var left = held.MessageCount; left > 0; left--)
        {
            if (IdText.Find(await read.Reader.ReadAsync(cancellationToken).ConfigureAwait(false)) is { } id)
            {
                found.Add(id);
            }
        }

        return found;
    }

    // What is left of it then ends by itself, when the broker goes on or its heartbeats are missed.
    public async ValueTask DisposeAsync() => await EndAsync(_connection, _channel).WaitAsync(Goodbye).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static async Task<IConnection> ConnectAsync(ConnectionFactory factory, CancellationToken cancellationToken)
    {
        try
        {
            return await factory.CreateConnectionAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (BrokerUnreachableException exception) when (exception.GetBaseException() is AuthenticationFailureException refusal)
        {
            // Its own message says that no endpoint was reachable, though one was.
            throw new InvalidOperationException($"RabbitMQ lets nobody in as '{factory.UserName}': {refusal.Message} Look at user and password in connect.", exception);
        }
    }

    // The channel first: when its end was answered, what was looked at is in the queue again.
    private static async Task EndAsync(IConnection connection, IChannel? channel)
    {
        if (channel is not null)
        {
            await channel.AbortAsync().ConfigureAwait(false);
        }

        await connection.AbortAsync(Goodbye).ConfigureAwait(false);
        await connection.DisposeAsync().ConfigureAwait(false);
    }
}
