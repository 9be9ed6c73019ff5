using System.Globalization;
using Amazon.EC2;
using Amazon.EC2.Model;
using ChaosHarness.Aws.Accounts;
using ChaosHarness.Timing;

namespace ChaosHarness.Aws.Backups;

/// <summary>
/// Looks whether every volume that is in use has a snapshot which is complete, recent, and good for a volume. Nothing is made: AWS is asked for a dry run,
/// whose yes arrives as the error <c>DryRunOperation</c>. That a snapshot holds what it should, only a restore shows.
/// </summary>
/// <param name="account">The account.</param>
public sealed class VolumeBackups(AwsAccount account)
{
    private readonly AwsAccount _account = account ?? throw new ArgumentNullException(nameof(account));

    /// <summary>How old the newest complete snapshot of a volume may be.</summary>
    /// <value>Default: 26 hours, a day and its slack.</value>
    public TimeSpan Oldest { get; init; } = TimeSpan.FromHours(26);

    /// <summary>Looks at the volumes of all instances that carry the tags that the policy requires; at all that are in use where it requires none.</summary>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>The backup of each volume, by volume. Empty means that no volume is in use, which proves nothing.</returns>
    /// <exception cref="AmazonEC2Exception">Volumes or snapshots could not be listed, such as where that is not permitted: nothing is known then.</exception>
    public async Task<IReadOnlyList<VolumeBackup>> LookAsync(CancellationToken cancellationToken = default)
    {
        var now = DateTime.UtcNow;
        var snapshots = (await AllAsync(token => SnapshotsAsync(token, cancellationToken)).ConfigureAwait(false)).ToLookup(snapshot => snapshot.VolumeId, StringComparer.Ordinal);
        var used = await UsedAsync(cancellationToken).ConfigureAwait(false);
        var found = new List<VolumeBackup>();
        foreach (var volume in used.OrderBy(volume => volume.VolumeId, StringComparer.Ordinal))
        {
            found.Add(await JudgeAsync(volume, [.. snapshots[volume.VolumeId]], now, cancellationToken).ConfigureAwait(false));
        }

        return found;
    }

    private async Task<VolumeBackup> JudgeAsync(Volume volume, IReadOnlyList<Snapshot> snapshots, DateTime now, CancellationToken cancellationToken)
    {
        var instance = volume.Attachments[0].InstanceId;
        if (snapshots.Count == 0)
        {
            return new VolumeBackup(volume.VolumeId, instance, null, VolumeBackupState.Missing, "it has no snapshot");
        }

        if (snapshots.Where(snapshot => snapshot.State == SnapshotState.Completed).MaxBy(snapshot => snapshot.StartTime) is not { } newest)
        {
            return new VolumeBackup(volume.VolumeId, instance, null, VolumeBackupState.Incomplete, $"none of its snapshots is complete: {string.Join(", ", snapshots.Select(snapshot => $"{snapshot.SnapshotId} is {snapshot.State}"))}");
        }

        var age = now - newest.StartTime!.Value.ToUniversalTime();
        if (age > Oldest)
        {
            return new VolumeBackup(volume.VolumeId, instance, newest.SnapshotId, VolumeBackupState.Old, string.Create(CultureInfo.InvariantCulture, $"{newest.SnapshotId} is of {newest.StartTime:yyyy-MM-dd HH:mm} UTC, older than {DurationText.Format(Oldest)}"));
        }

        var (state, detail) = await TryAsync(newest, volume.AvailabilityZone, cancellationToken).ConfigureAwait(false);
        return new VolumeBackup(volume.VolumeId, instance, newest.SnapshotId, state, detail);
    }

    // What would be done is told by an error, as everything is that is not done.
    private async Task<(VolumeBackupState State, string Detail)> TryAsync(Snapshot snapshot, string zone, CancellationToken cancellationToken)
    {
        try
        {
            await _account.Ec2.CreateVolumeAsync(new CreateVolumeRequest { AvailabilityZone = zone, SnapshotId = snapshot.SnapshotId, DryRun = true }, cancellationToken).ConfigureAwait(false);
            return (VolumeBackupState.Unusable, $"the dry run with {snapshot.SnapshotId} was taken for a real one: look for a volume that was made of it");
        }
        catch (AmazonEC2Exception exception)
        {
            return Read(exception.ErrorCode, exception.Message, snapshot.SnapshotId);
        }
    }

    internal static (VolumeBackupState State, string Detail) Read(string code, string message, string snapshot) => code switch
    {
        "DryRunOperation" => (VolumeBackupState.Sound, $"a volume could be made of {snapshot}"),
        "UnauthorizedOperation" or "AccessDenied" => (VolumeBackupState.Denied, $"the caller may not make a volume of {snapshot}: {message}"),
        _ => (VolumeBackupState.Unusable, $"no volume could be made of {snapshot}: {code}: {message}"),
    };

    private async Task<List<Volume>> UsedAsync(CancellationToken cancellationToken)
    {
        var filters = new List<Filter> { new("attachment.status", ["attached"]) };
        var volumes = await AllAsync(async token =>
        {
            var page = await _account.Ec2.DescribeVolumesAsync(new DescribeVolumesRequest { Filters = filters, NextToken = token }, cancellationToken).ConfigureAwait(false);
            return (page.Volumes ?? [], page.NextToken);
        }).ConfigureAwait(false);
        if (_account.Policy.RequiredTags.Count == 0)
        {
            return volumes;
        }

        var wanted = _account.Policy.RequiredTags.Select(tag => new Filter("tag:" + tag.Key, [tag.Value])).ToList();
        var instances = await AllAsync(async token =>
        {
            var page = await _account.Ec2.DescribeInstancesAsync(new DescribeInstancesRequest { Filters = wanted, NextToken = token }, cancellationToken).ConfigureAwait(false);
            return ((page.Reservations ?? []).SelectMany(reservation => reservation.Instances).ToList(), page.NextToken);
        }).ConfigureAwait(false);
        var ids = instances.Select(instance => instance.InstanceId).ToHashSet(StringComparer.Ordinal);
        return [.. volumes.Where(volume => ids.Contains(volume.Attachments[0].InstanceId))];
    }

    private async Task<(List<Snapshot> Items, string? Next)> SnapshotsAsync(string? token, CancellationToken cancellationToken)
    {
        var page = await _account.Ec2.DescribeSnapshotsAsync(new DescribeSnapshotsRequest { OwnerIds = ["self"], NextToken = token }, cancellationToken).ConfigureAwait(false);
        return (page.Snapshots ?? [], page.NextToken);
    }

    private static async Task<List<T>> AllAsync<T>(Func<string?, Task<(List<T> Items, string? Next)>> ask)
    {
        var all = new List<T>();
        string? next = null;
        do
        {
            (var items, next) = await ask(next).ConfigureAwait(false);
            all.AddRange(items);
        }
        while (!string.IsNullOrEmpty(next));
        return all;
    }
}
