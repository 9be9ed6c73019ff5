using System.Net.Sockets;
using ChaosHarness.Toxiproxy.Server.Connections;
using ChaosHarness.Toxiproxy.Server.Streams;
using ChaosHarness.Toxiproxy.Server.Toxics;
using Microsoft.Extensions.Logging;

namespace ChaosHarness.Toxiproxy.Server.Proxies;

/// <content>New connections: each is dialled on its own, so that an upstream that does not answer delays nobody else.</content>
internal sealed partial class Proxy
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(10);

    private async Task AcceptAsync(Listener open, CancellationToken stopped)
    {
        while (!stopped.IsCancellationRequested)
        {
            try
            {
                var client = await open.AcceptAsync(stopped).ConfigureAwait(false);
                _ = ServeAsync(client, ++_connectionCount, stopped);
            }
            catch (SocketException exception) when (!stopped.IsCancellationRequested)
            {
                // Mostly out of file descriptors: connections that end free some.
                LogAcceptFailed(_context.Log, Name, exception.Message);
                await Task.Delay(PauseAfterFailure, CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception exception) when (SocketFailures.Are(exception))
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket client, long number, CancellationToken stopped)
    {
        try
        {
            var effect = EffectOnConnect(number);
            if (effect.Refused)
            {
                client.LingerState = new LingerOption(true, 0);
                client.Dispose();
                _context.Events.Tell("connection_refused", Name, number);
                return;
            }

            if (effect.DelayMilliseconds > 0)
            {
                await Task.Delay(TimeSpan.Zero.AfterMilliseconds(Math.Min(effect.DelayMilliseconds, int.MaxValue)), _context.Time, stopped).ConfigureAwait(false);
            }

            var upstream = await Dialler.DialAsync(_definition.Upstream, _definition.DialTimeout, _context.Time, stopped).ConfigureAwait(false);
            var connection = new Connection(number, client, upstream, _definition.HalfClose, _context.Clock, Closed);
            if (Admit(connection, stopped))
            {
                _context.Events.Tell("connection_opened", Name, number);
                connection.Start();
            }
            else
            {
                connection.Close();
            }
        }
        catch (Exception exception) when (SocketFailures.Are(exception) || exception is FormatException)
        {
            client.Dispose();
            if (!stopped.IsCancellationRequested)
            {
                LogDialFailed(_context.Log, Name, _definition.Upstream, exception.Message);
                _context.Events.Tell("dial_failed", Name, number, reason: exception.Message);
            }
        }
    }

    // Together with the toxics there are: a toxic that comes later finds the connection among those it has to reach.
    private bool Admit(Connection connection, CancellationToken stopped)
    {
        lock (_gate)
        {
            if (stopped.IsCancellationRequested)
            {
                return false;
            }

            foreach (var toxic in _toxics.InOrder)
            {
                var draw = Draw(toxic);
                if (draw.Acts(connection.Number))
                {
                    connection[toxic.Direction].Add(toxic, draw.ChanceFor(connection.Number));
                }
            }

            return _connections.Add(connection);
        }
    }

    private ConnectEffect EffectOnConnect(long number)
    {
        lock (_gate)
        {
            var effect = default(ConnectEffect);
            foreach (var toxic in _toxics.InOrder)
            {
                if (toxic.Type.OnConnect is { } onConnect && Draw(toxic).Acts(number))
                {
                    var added = onConnect(toxic.Attributes);
                    effect = new ConnectEffect(effect.DelayMilliseconds + Math.Max(0, added.DelayMilliseconds), effect.Refused || added.Refused);
                }
            }

            return effect;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Proxy {Proxy} cannot accept: {Reason}")]
    private static partial void LogAcceptFailed(ILogger logger, string proxy, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Proxy {Proxy} cannot reach {Upstream}: {Reason}")]
    private static partial void LogDialFailed(ILogger logger, string proxy, string upstream, string reason);
}
