using ChaosHarness.LocalCloud.Contract.AutoScaling;
using ChaosHarness.LocalCloud.Contract.CloudWatch;
using ChaosHarness.LocalCloud.Contract.Ec2;
using ChaosHarness.LocalCloud.Contract.Fis;
using ChaosHarness.LocalCloud.Contract.LoadBalancing;
using ChaosHarness.LocalCloud.Contract.Rds;
using ChaosHarness.LocalCloud.Contract.Regions;
using ChaosHarness.LocalCloud.Contract.Route53;
using ChaosHarness.LocalCloud.Contract.S3;
using ChaosHarness.LocalCloud.Contract.Signatures;
using ChaosHarness.LocalCloud.Contract.Sts;

namespace ChaosHarness.LocalCloud.Contract;

/// <summary>What the local cloud promises to do as AWS does. What is not in it is refused by name.</summary>
public static class FidelityContract
{
    /// <summary>All cases, by service and number.</summary>
    public static IReadOnlyList<ContractCase> Cases { get; } =
    [
        .. new IEnumerable<ContractCase>[]
        {
            InstanceStates.Cases, InstanceLaunches.Cases, InstanceFilters.Cases, InstanceStatuses.Cases, Ec2Pages.Cases, Volumes.Cases, Places.Cases, Ec2TagCases.Cases,
            DatabaseValidation.Cases, DatabaseStates.Cases, DatabaseModifications.Cases, DatabaseFilters.Cases, DatabaseEvents.Cases, Snapshots.Cases, Restores.Cases, Clusters.Cases,
            BucketCases.Cases, ObjectCases.Cases, ObjectConditions.Cases, ObjectDigests.Cases, ObjectVersions.Cases, ObjectLists.Cases, VersionLists.Cases, Replications.Cases, PresignedUrls.Cases, ChunkedUploads.Cases,
            AlarmStates.Cases, AlarmValidation.Cases, AlarmLists.Cases, MetricCases.Cases,
            GroupValidation.Cases, GroupStates.Cases, GroupLists.Cases,
            TargetStates.Cases, LoadBalancerLists.Cases,
            TemplateCases.Cases, ExperimentStates.Cases, FisLists.Cases,
            Identities.Cases,
            NameCases.Cases,
            RefusedKeys.Cases, SignedParts.Cases,
            RegionCases.Cases,
        }
        .SelectMany(cases => cases)
        .OrderBy(one => one.Service, StringComparer.Ordinal).ThenBy(one => one.Id.Length).ThenBy(one => one.Id, StringComparer.Ordinal),
    ];
}
