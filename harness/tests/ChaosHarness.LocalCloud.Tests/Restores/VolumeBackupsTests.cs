using Amazon.EC2.Model;
using ChaosHarness.Aws.Backups;

namespace ChaosHarness.LocalCloud.Tests.Restores;

/// <summary>Whether every volume in use has a snapshot that is complete, recent, and good for a volume.</summary>
[NonParallelizable]
public sealed class VolumeBackupsTests : CloudTests
{
    [Test]
    public async Task Each_volume_in_use_is_missing_incomplete_sound_or_old()
    {
        var instance = (await RunAsync()).InstanceId;
        var volume = (await Account.Ec2.DescribeVolumesAsync(new DescribeVolumesRequest { Filters = [new Filter("attachment.instance-id", [instance])] })).Volumes.Single().VolumeId;
        var backups = new VolumeBackups(Account);
        Assert.That(await backups.LookAsync(), Is.EqualTo(new[] { new VolumeBackup(volume, instance, null, VolumeBackupState.Missing, "it has no snapshot") }));

        var snapshot = (await Account.Ec2.CreateSnapshotAsync(new CreateSnapshotRequest { VolumeId = volume })).Snapshot.SnapshotId;
        Cloud.Compute.Snapshots[snapshot].Completed = false;
        Assert.That((await backups.LookAsync()).Single().State, Is.EqualTo(VolumeBackupState.Incomplete));

        await UntilAsync(async () => (await backups.LookAsync()).Single() == new VolumeBackup(volume, instance, snapshot, VolumeBackupState.Sound, $"a volume could be made of {snapshot}"), "it is complete, and a dry run says yes by an error");
        Assert.That((await Account.Ec2.DescribeVolumesAsync(new DescribeVolumesRequest())).Volumes, Has.Count.EqualTo(1), "nothing was made");
        Assert.That((await new VolumeBackups(Account) { Oldest = TimeSpan.FromMilliseconds(1) }.LookAsync()).Single().State, Is.EqualTo(VolumeBackupState.Old));
    }

    [TestCase("UnauthorizedOperation", VolumeBackupState.Denied)]
    [TestCase("InvalidSnapshot.NotFound", VolumeBackupState.Unusable)]
    [TestCase("DryRunOperation", VolumeBackupState.Sound)]
    public void An_error_is_read_for_what_it_says(string code, VolumeBackupState state) => Assert.That(VolumeBackups.Read(code, "why", "snap-1").State, Is.EqualTo(state));
}
