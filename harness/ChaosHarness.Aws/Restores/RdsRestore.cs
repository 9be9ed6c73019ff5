using System.Globalization;
using System.Security.Cryptography;
using Amazon.RDS.Model;
using ChaosHarness.Aws.Accounts;
using ChaosHarness.Faults;
using ChaosHarness.Faults.Restores;
using ChaosHarness.Safety;
using ChaosHarness.Timing;

namespace ChaosHarness.Aws.Restores;

/// <summary>
/// A snapshot of an RDS instance, or a moment of it, restored to an instance of its own: found, restored, looked at, and deleted whatever happens. RDS has no
/// rehearsal of this: that a backup can be restored is proved only by restoring it. The instance costs what any does while it is there.
/// </summary>
/// <param name="account">The account.</param>
/// <param name="instance">The identifier of the instance whose backup it is.</param>
/// <param name="backup">What is restored.</param>
public sealed class RdsRestore(AwsAccount account, string instance, RdsBackup backup) : Restore
{
    private const int LongestName = 63;
    private readonly AwsAccount _account = account ?? throw new ArgumentNullException(nameof(account));
    private readonly RdsBackup _backup = backup ?? throw new ArgumentNullException(nameof(backup));

    /// <summary>For workloads, by name, how the ids of all that they wrote are read from the restored instance, through its endpoint.</summary>
    public IReadOnlyDictionary<string, RestoredIds> Writes { get; init; } = new Dictionary<string, RestoredIds>();

    /// <summary>What is looked at in it beside that.</summary>
    public IReadOnlyList<RestoredDatabaseCheck> Checks { get; init; } = [];

    /// <summary>How old a snapshot may be; an older one is none to rely on.</summary>
    /// <value>Default: null, of any age.</value>
    public TimeSpan? OldestSnapshot { get; init; }

    /// <summary>How far the clock of RDS may be from that of this machine, which moments are told by.</summary>
    /// <value>Default: 1 s.</value>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public override string Description => $"restore {instance} {_backup}";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Targets => [$"copy of {instance}"];

    /// <inheritdoc/>
    protected override async ValueTask<Preflight> LookAsync(CancellationToken cancellationToken)
    {
        if (await _account.WhyRefusedAsync(cancellationToken).ConfigureAwait(false) is { } refusal)
        {
            return Preflight.NotReady(refusal);
        }

        if (await RestoredInstances.FindAsync(_account, instance, cancellationToken).ConfigureAwait(false) is not { } source)
        {
            return Preflight.NotReady($"there is no RDS instance {instance} in {_account.Region}");
        }

        var tags = (source.TagList ?? []).ToDictionary(tag => tag.Key, tag => tag.Value, StringComparer.Ordinal);
        var missing = _account.Policy.RequiredTags.FirstOrDefault(tag => tags.GetValueOrDefault(tag.Key) != tag.Value);
        return missing.Key is null ? Preflight.Ready : Preflight.NotReady($"the RDS instance {instance} does not carry the tag {missing.Key}={missing.Value}, which the policy requires");
    }

    /// <inheritdoc/>
    protected override ValueTask<RevertRecipe> PlanRevertAsync(CancellationToken cancellationToken)
    {
        var token = RandomNumberGenerator.GetHexString(8, lowercase: true);
        var name = instance.Length > LongestName - 10 ? instance[..(LongestName - 10)].TrimEnd('-') : instance;
        return ValueTask.FromResult(DeleteRestoredDatabase.Recipe(_account, $"{name}-r{token}", token));
    }

    /// <inheritdoc/>
    protected override async ValueTask RestoreAsync(RevertRecipe recipe, RestoreNotes notes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(notes);
        var restore = await notes.PhaseAsync("find", () => FindAsync(recipe, notes, cancellationToken)).ConfigureAwait(false);
        var copy = await notes.PhaseAsync("restore", () => RestoreAsync(recipe, restore, cancellationToken)).ConfigureAwait(false);
        await notes.PhaseAsync("verify", async () =>
        {
            foreach (var (workload, ids) in Writes)
            {
                await notes.LookUpAsync(workload, ids(copy, cancellationToken), cancellationToken).ConfigureAwait(false);
            }

            foreach (var check in Checks)
            {
                await notes.CheckAsync(check.Name, token => check.LookAsync(copy, token), cancellationToken).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override async ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken) =>
        await DeleteRestoredDatabase.UndoAsync(_account, recipe, cancellationToken).ConfigureAwait(false);

    private ValueTask<Func<CancellationToken, Task>> FindAsync(RevertRecipe recipe, RestoreNotes notes, CancellationToken cancellationToken) =>
        _backup.IsMoment ? FindMomentAsync(recipe, notes, cancellationToken) : FindSnapshotAsync(recipe, notes, cancellationToken);

    private async ValueTask<Func<CancellationToken, Task>> FindSnapshotAsync(RevertRecipe recipe, RestoreNotes notes, CancellationToken cancellationToken)
    {
        var found = await _account.Rds.DescribeDBSnapshotsAsync(new DescribeDBSnapshotsRequest { DBInstanceIdentifier = instance, DBSnapshotIdentifier = _backup.SnapshotId }, cancellationToken).ConfigureAwait(false);
        var snapshot = (found.DBSnapshots ?? []).Where(one => one.Status == "available").MaxBy(one => one.SnapshotCreateTime)
            ?? throw new InvalidOperationException($"{instance} has no snapshot {_backup.SnapshotId ?? "at all"} that is available");
        var age = DateTime.UtcNow - snapshot.SnapshotCreateTime!.Value.ToUniversalTime();
        if (age > OldestSnapshot)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"the newest snapshot, {snapshot.DBSnapshotIdentifier}, is of {snapshot.SnapshotCreateTime:yyyy-MM-dd HH:mm:ss} UTC: older than {DurationText.Format(OldestSnapshot!.Value)}"));
        }

        // It holds what was there when it began; what came while it was taken may be in it.
        notes.Targeted(new TimeWindow(notes.Now - age - ClockSkew, TimeSpan.MaxValue));
        return token => _account.Rds.RestoreDBInstanceFromDBSnapshotAsync(
            new RestoreDBInstanceFromDBSnapshotRequest
            {
                DBInstanceIdentifier = DeleteRestoredDatabase.InstanceOf(recipe),
                DBSnapshotIdentifier = snapshot.DBSnapshotIdentifier,
                MultiAZ = false,
                // A copy of what customers wrote, in whichever network the account has by default.
                PubliclyAccessible = false,
                DeletionProtection = false,
                Tags = TagsOf(recipe),
            },
            token);
    }

    private async ValueTask<Func<CancellationToken, Task>> FindMomentAsync(RevertRecipe recipe, RestoreNotes notes, CancellationToken cancellationToken)
    {
        var source = await RestoredInstances.FindAsync(_account, instance, cancellationToken).ConfigureAwait(false);
        var latest = source?.LatestRestorableTime?.ToUniversalTime() ?? throw new InvalidOperationException($"{instance} keeps no backups, or has none yet: there is no moment to restore it to");
        var (moment, now) = (DateTime.UtcNow - _backup.Before, DateTime.UtcNow);
        if (moment > latest)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"RDS can restore {instance} to {latest:HH:mm:ss} UTC at the latest, which is {(now - latest).TotalSeconds:0} s ago and not {DurationText.Format(_backup.Before!.Value)}"));
        }

        var at = notes.Now - (now - (moment ?? latest));
        notes.Targeted(moment is null ? new TimeWindow(at - ClockSkew, TimeSpan.MaxValue) : new TimeWindow(at - ClockSkew, at + ClockSkew));
        return token => _account.Rds.RestoreDBInstanceToPointInTimeAsync(
            new RestoreDBInstanceToPointInTimeRequest
            {
                SourceDBInstanceIdentifier = instance,
                TargetDBInstanceIdentifier = DeleteRestoredDatabase.InstanceOf(recipe),
                UseLatestRestorableTime = moment is null ? true : null,
                RestoreTime = moment,
                MultiAZ = false,
                // A copy of what customers wrote, in whichever network the account has by default.
                PubliclyAccessible = false,
                DeletionProtection = false,
                Tags = TagsOf(recipe),
            },
            token);
    }

    private async ValueTask<DBInstance> RestoreAsync(RevertRecipe recipe, Func<CancellationToken, Task> restore, CancellationToken cancellationToken)
    {
        await restore(cancellationToken).ConfigureAwait(false);
        var id = DeleteRestoredDatabase.InstanceOf(recipe);
        while (true)
        {
            switch (await RestoredInstances.FindAsync(_account, id, cancellationToken).ConfigureAwait(false))
            {
                case null:
                    throw new InvalidOperationException($"the restored instance {id} is gone before it was available: somebody else deleted it");
                case { DBInstanceStatus: "available" } copy:
                    return copy;
                // Takes clients already, while its first backup is made.
                case { DBInstanceStatus: "backing-up", Endpoint: not null } copy:
                    return copy;
                case { DBInstanceStatus: var status } copy when status.StartsWith("incompatible-", StringComparison.Ordinal) || status is "failed" or "storage-full" or "insufficient-capacity" or "inaccessible-encryption-credentials":
                    throw new InvalidOperationException($"the restored instance {id} is {copy.DBInstanceStatus}");
            }

            await Task.Delay(_account.PollInterval, cancellationToken).ConfigureAwait(false);
        }
    }

    // None of the tags of the system: nothing may take the copy for a part of it.
    private static List<Tag> TagsOf(RevertRecipe recipe) => [new Tag { Key = RestoredInstances.Tag, Value = DeleteRestoredDatabase.TokenOf(recipe) }];
}
