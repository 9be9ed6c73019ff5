using Amazon.EC2.Model;
using ChaosHarness.LocalCloud.Contract.Resources;

namespace ChaosHarness.LocalCloud.Contract.Ec2;

/// <summary>What the status checks of EC2 say.</summary>
internal static class InstanceStatuses
{
    private const string Source = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceStatus.html";

    public static IEnumerable<ContractCase> Cases =>
    [
        new("ec2-59", "The checks of an instance that runs become `ok`, its reachability `passed`", Source, ContractCost.Instance, async account =>
        {
            var id = (await account.SharedAsync(TwoInstances.MakeAsync)).First.InstanceId;
            await account.UntilAsync("its checks pass", async () => (await StatusesAsync(account, new DescribeInstanceStatusRequest { InstanceIds = [id] }))[0].Status.Status.Value == "ok");
            var status = (await StatusesAsync(account, new DescribeInstanceStatusRequest { InstanceIds = [id] }))[0];
            Claim.Same("system, reachability", ("ok", "passed"), (status.SystemStatus.Status.Value, status.Status.Details[0].Status.Value));
        }),
        new("ec2-60", "Only instances that run are described, unless all are wanted", Source, ContractCost.Instance, async account =>
        {
            var id = await Launches.RunAsync(account);
            await account.Ec2.StopInstancesAsync(new StopInstancesRequest { InstanceIds = [id] });
            await Launches.IsAsync(account, id, "stopped");
            Claim.Same("those that run", 0, (await StatusesAsync(account, new DescribeInstanceStatusRequest { InstanceIds = [id] })).Count);
            var status = (await StatusesAsync(account, new DescribeInstanceStatusRequest { InstanceIds = [id], IncludeAllInstances = true }))[0];
            Claim.Same("all", ("stopped", "not-applicable"), (status.InstanceState.Name.Value, status.Status.Status.Value));
        }),
        new("ec2-61", "Statuses are found by `instance-status.status`, `system-status.status` and `instance-state-name`", Source, ContractCost.Instance, async account =>
        {
            var id = (await account.SharedAsync(TwoInstances.MakeAsync)).First.InstanceId;
            await account.UntilAsync("its checks pass", async () => (await StatusesAsync(account, new DescribeInstanceStatusRequest { InstanceIds = [id], Filters = [new Filter("instance-status.status", ["ok"]), new Filter("system-status.status", ["ok"]), new Filter("instance-state-name", ["running"])] })).Count == 1);
            Claim.Same("impaired ones", 0, (await StatusesAsync(account, new DescribeInstanceStatusRequest { InstanceIds = [id], Filters = [new Filter("instance-status.status", ["impaired"])] })).Count);
        }),
        new("ec2-62", "A filter of statuses that is not there is refused: `InvalidParameterValue`, 400", Source, ContractCost.Nothing, account =>
            Claim.RefusedAsync("InvalidParameterValue", () => account.Ec2.DescribeInstanceStatusAsync(new DescribeInstanceStatusRequest { Filters = [new Filter("colour", ["red"])] }))),
    ];

    private static async Task<List<InstanceStatus>> StatusesAsync(ContractAccount account, DescribeInstanceStatusRequest request) => (await account.Ec2.DescribeInstanceStatusAsync(request)).InstanceStatuses ?? [];
}
