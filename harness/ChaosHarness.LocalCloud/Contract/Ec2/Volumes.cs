using Amazon.EC2;
using Amazon.EC2.Model;
using ChaosHarness.LocalCloud.Contract.Resources;

namespace ChaosHarness.LocalCloud.Contract.Ec2;

/// <summary>Volumes and their snapshots.</summary>
internal static class Volumes
{
    private const string Create = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVolume.html";
    private const string Describe = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVolumes.html";
    private const string Snapshots = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSnapshots.html";
    private const string Codes = "https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-error-codes.html";

    public static IEnumerable<ContractCase> Cases =>
    [
        new("ec2-69", "A volume is found by `volume-id`, `size`, `status`, `volume-type`, `encrypted`, `availability-zone` and its tags", Describe, ContractCost.Volume, async account =>
        {
            var id = await MakeAsync(account);
            foreach (var (name, value) in new[] { ("volume-id", id), ("size", "3"), ("status", "available"), ("volume-type", "gp3"), ("encrypted", "false"), ("availability-zone", await ZoneAsync(account)), ("tag:" + ContractAccount.Tag, account.Prefix) })
            {
                Claim.SameSet(name, [id], (await FindAsync(account, id, name, value)).Select(volume => volume.VolumeId));
                Claim.SameSet(name + " of another value", [], (await FindAsync(account, id, name, "another")).Select(volume => volume.VolumeId));
            }
        }),
        new("ec2-70", "A filter of volumes that is not there is refused: `InvalidParameterValue`, 400", Describe, ContractCost.Nothing, account =>
            Claim.RefusedAsync("InvalidParameterValue", () => account.Ec2.DescribeVolumesAsync(new DescribeVolumesRequest { Filters = [new Filter("colour", ["red"])] }))),
        new("ec2-71", "The volume of an instance is `in-use`, and cannot be deleted: `VolumeInUse`, 400", Codes, ContractCost.Instance, async account =>
        {
            var id = (await account.SharedAsync(TwoInstances.MakeAsync)).First.InstanceId;
            var volume = (await account.Ec2.DescribeVolumesAsync(new DescribeVolumesRequest { Filters = [new Filter("attachment.instance-id", [id])] })).Volumes.Single();
            Claim.Same("state and attachment", ("in-use", id), (volume.State.Value, volume.Attachments.Single().InstanceId));
            await Claim.RefusedAsync("VolumeInUse", () => account.Ec2.DeleteVolumeAsync(new DeleteVolumeRequest { VolumeId = volume.VolumeId }));
        }),
        new("ec2-72", "The volume of an instance goes with it", "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/preserving-volumes-on-termination.html", ContractCost.Instance, async account =>
        {
            var id = await Launches.RunAsync(account);
            await account.Ec2.TerminateInstancesAsync(new TerminateInstancesRequest { InstanceIds = [id] });
            await account.UntilAsync("its volume is gone", async () => (await account.Ec2.DescribeVolumesAsync(new DescribeVolumesRequest { Filters = [new Filter("attachment.instance-id", [id])] })).Volumes is not { Count: > 0 });
        }),
        new("ec2-73", "A volume that is not there is refused: `InvalidVolume.NotFound`, 400", Codes, ContractCost.Nothing, account =>
            Claim.RefusedAsync("InvalidVolume.NotFound", () => account.Ec2.DeleteVolumeAsync(new DeleteVolumeRequest { VolumeId = "vol-0123456789abcdef0" }))),
        new("ec2-74", "A volume of neither size nor snapshot is refused: `MissingParameter`, 400", Create, ContractCost.Nothing, async account =>
        {
            var zone = await ZoneAsync(account);
            await Claim.RefusedAsync("MissingParameter", () => account.Ec2.CreateVolumeAsync(new CreateVolumeRequest { AvailabilityZone = zone }));
        }),
        new("ec2-75", "A volume that is asked for again with its token is made once", Create, ContractCost.Volume, async account =>
        {
            var token = account.Name("volume");
            Claim.Same("the volume", await MakeAsync(account, token), await MakeAsync(account, token));
        }),
        new("ec2-76", "A snapshot is pending and then completed, and is found by `volume-id`, `status`, `volume-size` and `description`", Snapshots, ContractCost.Volume, async account =>
        {
            var volume = await MakeAsync(account);
            var snapshot = (await account.Ec2.CreateSnapshotAsync(new CreateSnapshotRequest { VolumeId = volume, Description = account.Prefix, TagSpecifications = [Tags(account, ResourceType.Snapshot)] })).Snapshot;
            account.OnEnd(() => account.Ec2.DeleteSnapshotAsync(new DeleteSnapshotRequest { SnapshotId = snapshot.SnapshotId }));
            Claim.Same("the first state", "pending", snapshot.State.Value);
            await account.UntilAsync("it is completed", async () => (await FilteredAsync("status", "completed")).Count == 1);
            foreach (var (name, value) in new[] { ("volume-id", volume), ("volume-size", "3"), ("description", account.Prefix), ("progress", "100%") })
            {
                Claim.SameSet(name, [snapshot.SnapshotId], (await FilteredAsync(name, value)).Select(found => found.SnapshotId));
            }

            async Task<List<Snapshot>> FilteredAsync(string name, string value) => (await account.Ec2.DescribeSnapshotsAsync(new DescribeSnapshotsRequest { OwnerIds = ["self"], Filters = [new Filter("snapshot-id", [snapshot.SnapshotId]), new Filter(name, [value])] })).Snapshots ?? [];
        }),
        new("ec2-77", "A snapshot that is not there is refused: `InvalidSnapshot.NotFound`, 400", Codes, ContractCost.Nothing, account =>
            Claim.RefusedAsync("InvalidSnapshot.NotFound", () => account.Ec2.DeleteSnapshotAsync(new DeleteSnapshotRequest { SnapshotId = "snap-0123456789abcdef0" }))),
    ];

    public static async Task<string> MakeAsync(ContractAccount account, string? token = null)
    {
        var id = (await account.Ec2.CreateVolumeAsync(new CreateVolumeRequest { AvailabilityZone = await ZoneAsync(account), Size = 3, VolumeType = VolumeType.Gp3, ClientToken = token, TagSpecifications = [Tags(account, ResourceType.Volume)] })).Volume.VolumeId;
        account.OnEnd(async () =>
        {
            if ((await FindAsync(account, id, "volume-id", id)).Count > 0)
            {
                await account.Ec2.DeleteVolumeAsync(new DeleteVolumeRequest { VolumeId = id });
            }
        });
        return id;
    }

    private static async Task<string> ZoneAsync(ContractAccount account) => (await account.Ec2.DescribeAvailabilityZonesAsync(new DescribeAvailabilityZonesRequest())).AvailabilityZones[0].ZoneName;

    private static TagSpecification Tags(ContractAccount account, ResourceType type) => new() { ResourceType = type, Tags = [new Tag(ContractAccount.Tag, account.Prefix)] };

    private static async Task<List<Volume>> FindAsync(ContractAccount account, string id, string name, string value) =>
        (await account.Ec2.DescribeVolumesAsync(new DescribeVolumesRequest { Filters = [new Filter("volume-id", [id]), new Filter(name, [value])] })).Volumes ?? [];
}
