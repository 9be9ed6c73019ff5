using Amazon.RDS;
using Amazon.RDS.Model;
using ChaosHarness.Aws.Accounts;
using ChaosHarness.Systems;

namespace ChaosHarness.Aws.Signals;

/// <summary>
/// The events of an RDS instance: a failover that starts is a detection, one that completed a recovery, all others are noted. Times are those of RDS,
/// so the clock of this machine has to be right.
/// </summary>
/// <param name="account">The account.</param>
/// <param name="instance">The identifier of the instance.</param>
public sealed class DatabaseEvents(AwsAccount account, string instance) : PolledSignals((account ?? throw new ArgumentNullException(nameof(account))).PollInterval)
{
    /// <summary>The source of the signals.</summary>
    public string Source => "rds: " + instance;

    private protected override Func<CancellationToken, Task<IReadOnlyList<Signal>>> Begin()
    {
        var since = DateTime.UtcNow;
        var seen = new HashSet<(DateTime, string)>();
        return async cancellationToken =>
        {
            var page = await account.Rds.DescribeEventsAsync(
                new DescribeEventsRequest { SourceIdentifier = instance, SourceType = SourceType.DbInstance, StartTime = since, EndTime = DateTime.UtcNow.AddMinutes(1) },
                cancellationToken).ConfigureAwait(false);
            return [.. (page.Events ?? []).Where(entry => seen.Add((entry.Date!.Value, entry.Message))).Select(ToSignal)];
        };
    }

    private Signal ToSignal(Event entry)
    {
        var kind = entry.Message switch
        {
            _ when entry.Message.Contains("failover started", StringComparison.OrdinalIgnoreCase) => SignalKind.Detected,
            _ when entry.Message.Contains("failover completed", StringComparison.OrdinalIgnoreCase) => SignalKind.Recovered,
            _ => SignalKind.Noted,
        };
        var ago = DateTime.UtcNow - entry.Date!.Value;
        var time = TimeProvider.System;
        return new Signal(time.GetTimestamp() - (long)(ago.TotalSeconds * time.TimestampFrequency), Source, kind, entry.Message);
    }
}
