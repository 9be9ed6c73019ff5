using ChaosHarness.LocalCloud.Http;

namespace ChaosHarness.LocalCloud.Ec2;

/// <summary>The operations of EC2 that there are, with the parameters that each honours.</summary>
internal static class Ec2Operations
{
    public static IReadOnlyDictionary<string, HonouredMembers> All { get; } = new Dictionary<string, string>
    {
        ["RunInstances"] = "ImageId InstanceType MinCount MaxCount SubnetId Placement.AvailabilityZone UserData IamInstanceProfile ClientToken TagSpecification InstanceInitiatedShutdownBehavior=stop EbsOptimized=false DisableApiTermination=false DisableApiStop=false Monitoring.Enabled=false",
        ["DescribeInstances"] = "InstanceId Filter MaxResults NextToken",
        ["DescribeInstanceStatus"] = "InstanceId Filter MaxResults NextToken IncludeAllInstances",
        ["StartInstances"] = "InstanceId",
        ["StopInstances"] = "InstanceId Force Hibernate=false SkipOsShutdown=false",
        ["TerminateInstances"] = "InstanceId Force=false SkipOsShutdown=false",
        ["RebootInstances"] = "InstanceId",
        ["DescribeSubnets"] = "SubnetId Filter MaxResults NextToken",
        ["DescribeAvailabilityZones"] = "ZoneName ZoneId Filter AllAvailabilityZones=false",
        ["DescribeRegions"] = "RegionName Filter AllRegions=false",
        ["CreateVolume"] = "AvailabilityZone Size SnapshotId ClientToken TagSpecification VolumeType=gp3 Encrypted=false MultiAttachEnabled=false",
        ["DeleteVolume"] = "VolumeId",
        ["DescribeVolumes"] = "VolumeId Filter MaxResults NextToken",
        ["CreateSnapshot"] = "VolumeId Description TagSpecification",
        ["DeleteSnapshot"] = "SnapshotId",
        ["DescribeSnapshots"] = "SnapshotId Filter MaxResults NextToken Owner=self",
        ["CreateTags"] = "ResourceId Tag",
        ["DescribeTags"] = "Filter MaxResults NextToken",
    }.ToDictionary(operation => operation.Key, operation => HonouredMembers.Of(operation.Value + " DryRun"));
}
