using System.Text;
using ChaosHarness.Histories;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace ChaosHarness.SystemFiles.Traffic;

/// <summary>A connection to RabbitMQ with one channel, on which each message is confirmed before the next.</summary>
internal sealed class AmqpChannel : IAsyncDisposable
{
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
