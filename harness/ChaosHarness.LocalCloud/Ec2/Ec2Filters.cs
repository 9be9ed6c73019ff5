using System.Globalization;
using ChaosHarness.LocalCloud.Networking;

namespace ChaosHarness.LocalCloud.Ec2;

/// <summary>The filters of each kind of resource: every documented one that there is something to filter by.</summary>
internal sealed class Ec2Filters(CloudContext cloud, Ec2Xml xml)
{
    public ResourceFilters<Instance> Instances => new(new Dictionary<string, Func<Instance, string?>>
    {
        ["architecture"] = _ => "x86_64",
        ["availability-zone"] = instance => instance.Zone,
        ["availability-zone-id"] = instance => xml.ZoneId(instance.Plan.Subnet),
        ["client-token"] = instance => instance.Plan.ClientToken,
        ["iam-instance-profile.arn"] = instance => instance.Plan.ProfileArn,
        ["image-id"] = instance => instance.Plan.ImageId,
        ["instance-id"] = instance => instance.Id,
        ["instance-state-code"] = instance => Text((int)instance.State),
        ["instance-state-name"] = instance => instance.State.Name(),
        ["instance-type"] = instance => instance.Plan.InstanceType,
        ["launch-time"] = instance => Ec2Xml.Time(instance.LaunchTime),
        ["monitoring-state"] = _ => "disabled",
        ["owner-id"] = _ => cloud.AccountId,
        ["private-dns-name"] = Ec2Xml.NameOf,
        ["private-ip-address"] = instance => instance.Address,
        ["reason"] = Ec2Xml.ReasonOf,
        ["reservation-id"] = instance => instance.Reservation,
        ["root-device-type"] = _ => "ebs",
        ["state-reason-code"] = instance => instance.StateReason,
        ["subnet-id"] = instance => instance.Plan.Subnet.Id,
        ["tenancy"] = _ => "default",
        ["vpc-id"] = _ => cloud.Network.VpcId,
    }, instance => instance.Tags);

    public ResourceFilters<Instance> Statuses => new(new Dictionary<string, Func<Instance, string?>>
    {
        ["availability-zone"] = instance => instance.Zone,
        ["availability-zone-id"] = instance => xml.ZoneId(instance.Plan.Subnet),
        ["instance-state-code"] = instance => Text((int)instance.State),
        ["instance-state-name"] = instance => instance.State.Name(),
        ["instance-status.reachability"] = Ec2Xml.ReachabilityOf,
        ["instance-status.status"] = Ec2Xml.HealthOf,
        ["system-status.reachability"] = Ec2Xml.ReachabilityOf,
        ["system-status.status"] = Ec2Xml.HealthOf,
    }, instance => instance.Tags);

    public ResourceFilters<Subnet> Subnets => new(new Dictionary<string, Func<Subnet, string?>>
    {
        ["availability-zone"] = subnet => subnet.Zone,
        ["availabilityZone"] = subnet => subnet.Zone,
        ["availability-zone-id"] = xml.ZoneId,
        ["availabilityZoneId"] = xml.ZoneId,
        ["available-ip-address-count"] = _ => Ec2Xml.FreeAddresses,
        ["cidr"] = subnet => subnet.CidrBlock,
        ["cidr-block"] = subnet => subnet.CidrBlock,
        ["cidrBlock"] = subnet => subnet.CidrBlock,
        ["default-for-az"] = _ => "true",
        ["defaultForAz"] = _ => "true",
        ["owner-id"] = _ => cloud.AccountId,
        ["state"] = _ => "available",
        ["subnet-arn"] = subnet => cloud.Arn("ec2", $"subnet/{subnet.Id}"),
        ["subnet-id"] = subnet => subnet.Id,
        ["vpc-id"] = _ => cloud.Network.VpcId,
    }, subnet => subnet.Tags);

    public ResourceFilters<Subnet> Zones => new(new Dictionary<string, Func<Subnet, string?>>
    {
        ["opt-in-status"] = _ => "opt-in-not-required",
        ["region-name"] = _ => cloud.Region,
        ["state"] = _ => "available",
        ["zone-id"] = xml.ZoneId,
        ["zone-name"] = subnet => subnet.Zone,
        ["zone-type"] = _ => "availability-zone",
    });

    public static ResourceFilters<string> Regions => new(new Dictionary<string, Func<string, string?>>
    {
        ["endpoint"] = region => $"ec2.{region}.amazonaws.com",
        ["opt-in-status"] = _ => "opt-in-not-required",
        ["region-name"] = region => region,
    });

    public static ResourceFilters<Volume> Volumes => new(new Dictionary<string, Func<Volume, string?>>
    {
        ["attachment.device"] = volume => volume.InstanceId is null ? null : Ec2Xml.Device,
        ["attachment.delete-on-termination"] = volume => volume.InstanceId is null ? null : "true",
        ["attachment.instance-id"] = volume => volume.InstanceId,
        ["attachment.status"] = volume => volume.InstanceId is null ? null : "attached",
        ["availability-zone"] = volume => volume.Zone,
        ["create-time"] = volume => Ec2Xml.Time(volume.Created),
        ["encrypted"] = _ => "false",
        ["size"] = volume => Text(volume.Size),
        ["snapshot-id"] = volume => volume.SnapshotId,
        ["status"] = volume => volume.InstanceId is null ? "available" : "in-use",
        ["volume-id"] = volume => volume.Id,
        ["volume-type"] = _ => "gp3",
    }, volume => volume.Tags);

    public ResourceFilters<Snapshot> Snapshots => new(new Dictionary<string, Func<Snapshot, string?>>
    {
        ["description"] = snapshot => snapshot.Description,
        ["encrypted"] = _ => "false",
        ["owner-id"] = _ => cloud.AccountId,
        ["progress"] = snapshot => snapshot.Completed ? "100%" : "0%",
        ["snapshot-id"] = snapshot => snapshot.Id,
        ["start-time"] = snapshot => Ec2Xml.Time(snapshot.Started),
        ["status"] = snapshot => snapshot.Completed ? "completed" : "pending",
        ["storage-tier"] = _ => "standard",
        ["volume-id"] = snapshot => snapshot.VolumeId,
        ["volume-size"] = snapshot => Text(snapshot.Size),
    }, snapshot => snapshot.Tags);

    public static ResourceFilters<TaggedResource> Tags => new(new Dictionary<string, Func<TaggedResource, string?>>
    {
        ["key"] = tag => tag.Key,
        ["resource-id"] = tag => tag.Id,
        ["resource-type"] = tag => tag.Type,
        ["value"] = tag => tag.Value,
    }, tag => new Dictionary<string, string> { [tag.Key] = tag.Value });

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
