using System.Diagnostics;
using Npgsql;

namespace ChaosHarness.LocalCloud.Rds;

/// <summary>Looks after the servers of a database, as the service does around the clock.</summary>
internal sealed partial class Database
{
    private const int MissesThatCount = 2;
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(200);
    private volatile bool _watching;
    private int _misses;
    private long _streamedAt = Stopwatch.GetTimestamp();

    // What AWS gives a server to answer; a busy machine is given a moment at any speed.
    private TimeSpan Patience => _cloud.Clock.Here(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1));

    private TimeSpan StandbyPatience => 2 * Patience;

    private TimeSpan WatchInterval => _cloud.Clock.Here(TimeSpan.FromSeconds(3), Glance);

    private async Task WatchAsync(CancellationToken ended)
    {
        while (!_ended.IsCancellationRequested)
        {
            await Task.Delay(WatchInterval, _cloud.Time, _ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!_watching || _cloud.Outage.Hits(RegionParts.Databases) || _ended.IsCancellationRequested || !await _turn.WaitAsync(0, CancellationToken.None))
            {
                continue;
            }

            try
            {
                if (_watching && !_cloud.Outage.Hits(RegionParts.Databases))
                {
                    await LookAsync(_ended.Token);
                }
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException or OperationCanceledException or InvalidOperationException or ChaosHarness.Processes.TopologyFailedException)
            {
                // Looked at again in a moment: the next look finds the same, or something better.
                _cloud.Options.Log($"{_plan.Name}: {exception.Message}");
            }
            finally
            {
                _turn.Release();
            }
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        if (!await AnswersAsync(cancellationToken))
        {
            await ReplacePrimaryAsync(cancellationToken);
        }
        else if (IsMultiZone && _source is null)
        {
            await LookAtStandbyAsync(cancellationToken);
        }
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Primary.Postgres.IsPrimaryAsync(cancellationToken).WaitAsync(Patience, cancellationToken);
            _misses = 0;
            return Primary.IsRunning;
        }
        catch (TimeoutException)
        {
            return ++_misses < MissesThatCount;
        }
    }

    private async Task ReplacePrimaryAsync(CancellationToken cancellationToken)
    {
        _misses = 0;
        if (IsInStep && _standby is { } standby && await CanTakeOverAsync(standby, cancellationToken))
        {
            OnFailover("Multi-AZ instance failover started.");
            await TakeOverAsync(cancellationToken);
            OnFailover("Multi-AZ instance failover completed");
        }
        else
        {
            await Primary.Postgres.KillAsync();
            await StartAsync(Primary, cancellationToken);
            Name(Primary);
            OnFailover("DB instance restarted");
        }
    }

    private async Task<bool> CanTakeOverAsync(DatabaseServer standby, CancellationToken cancellationToken)
    {
        try
        {
            return await standby.Postgres.IsPrimaryAsync(cancellationToken).WaitAsync(Patience, cancellationToken) is not null;
        }
        catch (TimeoutException)
        {
            // Both hang: the primary is started again, and has everything.
            return false;
        }
    }

    private async Task LookAtStandbyAsync(CancellationToken cancellationToken)
    {
        if (_standby is not { IsRunning: true } standby)
        {
            await ReplaceStandbyAsync(cancellationToken);
        }
        else if (await KeepInStepAsync(standby, cancellationToken))
        {
            _streamedAt = Stopwatch.GetTimestamp();
        }
        else if (Stopwatch.GetElapsedTime(_streamedAt) > StandbyPatience)
        {
            // It hangs: writes go on without it, and wait for it again when it is back.
            await GoOnAloneAsync(cancellationToken);
            if (await standby.Postgres.IsPrimaryAsync(cancellationToken).WaitAsync(Patience, cancellationToken) is true)
            {
                // It was promoted and nobody got to know, and will never follow again as it is.
                await ReplaceStandbyAsync(cancellationToken);
            }
        }
    }

    private async Task ReplaceStandbyAsync(CancellationToken cancellationToken)
    {
        _standby = null;
        await GoOnAloneAsync(cancellationToken);
        await FollowAsync(_servers.First(server => server != _primary), cancellationToken);
    }
}
