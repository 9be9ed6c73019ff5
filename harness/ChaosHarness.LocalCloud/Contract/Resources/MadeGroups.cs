using Amazon.AutoScaling.Model;
using Amazon.EC2.Model;

namespace ChaosHarness.LocalCloud.Contract.Resources;

/// <summary>Groups that cases make after an instance, removed at the end with what is in them.</summary>
internal static class MadeGroups
{
    public static async Task<string> ModelAsync(ContractAccount account)
    {
        var model = await account.SharedAsync(ModelInstance.MakeAsync);
        return model.Id;
    }

    public static async Task<CreateAutoScalingGroupRequest> RequestAsync(ContractAccount account, string name) => new()
    {
        AutoScalingGroupName = account.Name(name),
        InstanceId = await ModelAsync(account),
        MinSize = 0,
        MaxSize = 2,
        DesiredCapacity = 0,
        AvailabilityZones = [(await account.Ec2.DescribeAvailabilityZonesAsync(new DescribeAvailabilityZonesRequest())).AvailabilityZones[0].ZoneName],
        Tags = [new Amazon.AutoScaling.Model.Tag { Key = ContractAccount.Tag, Value = account.Prefix, PropagateAtLaunch = true }],
    };

    public static async Task<string> MakeAsync(ContractAccount account, string name, Action<CreateAutoScalingGroupRequest>? change = null)
    {
        var request = await RequestAsync(account, name);
        change?.Invoke(request);
        await account.AutoScaling.CreateAutoScalingGroupAsync(request);
        account.OnEnd(async () =>
        {
            if (await FindAsync(account, request.AutoScalingGroupName) is { Status: null })
            {
                await account.AutoScaling.DeleteAutoScalingGroupAsync(new DeleteAutoScalingGroupRequest { AutoScalingGroupName = request.AutoScalingGroupName, ForceDelete = true });
            }
        });
        return request.AutoScalingGroupName;
    }

    public static Task InServiceAsync(ContractAccount account, string name, int count) => account.UntilAsync(
        $"{count} of {name} are in service",
        async () => await OneAsync(account, name) is var group && (group.Instances ?? []).Count(instance => instance.LifecycleState.Value == "InService") == count && (group.Instances ?? []).Count == count);

    public static async Task<AutoScalingGroup> OneAsync(ContractAccount account, string name) => await FindAsync(account, name) ?? throw new ContractBrokenException("the group", name, "not there");

    public static async Task<AutoScalingGroup?> FindAsync(ContractAccount account, string name) =>
        (await account.AutoScaling.DescribeAutoScalingGroupsAsync(new DescribeAutoScalingGroupsRequest { AutoScalingGroupNames = [name] })).AutoScalingGroups?.SingleOrDefault();
}
