using ChaosHarness.Toxiproxy.Server.Connections;
using ChaosHarness.Toxiproxy.Server.Toxics;
using Microsoft.Extensions.Logging;

namespace ChaosHarness.Toxiproxy.Server.Proxies;

/// <content>Toxics that come, change and go: each change reaches every open connection before the next begins.</content>
internal sealed partial class Proxy
{
    public Toxic GetToxic(string name)
    {
        lock (_gate)
        {
            return _toxics.Get(name);
        }
    }

    public Toxic AddToxic(ToxicRequest request) => ChangeToxics("toxic_added", set => set.Add(request), (link, toxic, draw, connection) =>
    {
        if (draw.Acts(connection))
        {
            link.Add(toxic, draw.ChanceFor(connection));
        }
    });

    public Toxic ChangeToxic(string name, ToxicRequest request)
    {
        // A lease that is renewed must not disturb what the toxic holds.
        var disturbs = request.Attributes is { IsEmpty: false } || request.Toxicity is not null;
        return ChangeToxics(disturbs ? "toxic_changed" : null, set => set.Change(name, request), (link, toxic, draw, connection) =>
        {
            if (disturbs)
            {
                link.Change(toxic, draw.Acts(connection), draw.ChanceFor(connection));
            }
        });
    }

    public Toxic RemoveToxic(string name) => ChangeToxics("toxic_removed", set => set.Remove(name), (link, toxic, _, _) => link.Remove(toxic.Name), removed: true);

    public void RemoveAllToxics()
    {
        foreach (var toxic in Toxics)
        {
            try
            {
                RemoveToxic(toxic.Name);
            }
            catch (RefusedException)
            {
                // Someone else was faster.
            }
        }
    }

    private Toxic ChangeToxics(string? happened, Func<ToxicSet, Toxic> change, Action<Link, Toxic, ToxicDraw, long> reach, bool removed = false)
    {
        lock (_toxicTurn)
        {
            Toxic toxic;
            Connection[] present;
            lock (_gate)
            {
                toxic = change(_toxics);
                present = [.. _connections];
            }

            if (toxic.Type.HangsConnects)
            {
                ShutOrOpen(toxic);
            }

            _toxicLeases.Set(toxic.Name, removed ? null : toxic.Lease);
            var draw = Draw(toxic);
            foreach (var connection in present)
            {
                reach(connection[toxic.Direction], toxic, draw, connection.Number);
            }

            // What is due now goes while the client has its answer: ten thousand writes take longer than it should wait.
            _ = Task.Run(() => Array.ForEach(present, connection => connection[toxic.Direction].Drain()));

            if (happened is not null)
            {
                _context.Events.Tell(happened, Name, toxic: toxic.Name);
            }

            return toxic;
        }
    }

    // Connecting hangs from here on, or no more, before whoever asked has the answer.
    private void ShutOrOpen(Toxic toxic)
    {
        try
        {
            ShutOrOpen();
        }
        catch (ListenException exception)
        {
            lock (_gate)
            {
                _toxics.Remove(toxic.Name);
            }

            throw RefusedException.Internal(exception.Message);
        }
    }

    private void ShutOrOpen()
    {
        bool hangs;
        lock (_gate)
        {
            hangs = _toxics.InOrder.Any(toxic => toxic is { Type.HangsConnects: true, Toxicity: > 0 });
        }

        try
        {
            Volatile.Read(ref _listener)?.Shut(hangs);
        }
        catch (ObjectDisposedException)
        {
            // It stopped listening meanwhile: there is no door.
        }
    }

    private ToxicDraw Draw(Toxic toxic) => new(_context.Seed, Name, toxic);

    private void ExpireToxic(string name)
    {
        try
        {
            RemoveToxic(name);
            LogExpired(_context.Log, name, Name);
            _context.Events.Tell("toxic_expired", Name, toxic: name);
        }
        catch (RefusedException)
        {
            // Removed just before.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lease of toxic {Toxic} on proxy {Proxy} ran out; it was removed")]
    private static partial void LogExpired(ILogger logger, string toxic, string proxy);
}
