using Amazon.AutoScaling.Model;
using Amazon.EC2.Model;
using ChaosHarness.LocalCloud.Contract.Resources;

namespace ChaosHarness.LocalCloud.Contract.AutoScaling;

/// <summary>Groups grow, shrink, replace what is gone, and end.</summary>
internal static class GroupStates
{
    private const string Lifecycle = "https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-lifecycle.html";
    private const string Health = "https://docs.aws.amazon.com/autoscaling/ec2/userguide/health-checks-overview.html";
    private const string Terminate = "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_TerminateInstanceInAutoScalingGroup.html";

    public static IEnumerable<ContractCase> Cases =>
    [
        new("asg-10", "A group launches what it lacks: Pending, and then InService, healthy, with the tags that are to be propagated", Lifecycle, ContractCost.Group, async account =>
        {
            var name = await MadeGroups.MakeAsync(account, "grows");
            await SetAsync(account, name, 1);
            await MadeGroups.InServiceAsync(account, name, 1);
            var member = (await MadeGroups.OneAsync(account, name)).Instances.Single();
            Claim.Same("its health", "Healthy", member.HealthStatus);
            var tags = (await Launches.OneAsync(account, member.InstanceId)).Tags;
            Claim.That("it carries the tags", tags.Exists(tag => tag.Key == "aws:autoscaling:groupName" && tag.Value == name) && tags.Exists(tag => tag.Key == ContractAccount.Tag));
        }),
        new("asg-11", "A group that is wanted smaller terminates what is too much", Lifecycle, ContractCost.Group, async account =>
        {
            var name = await MadeGroups.MakeAsync(account, "shrinks", request => request.DesiredCapacity = 2);
            await MadeGroups.InServiceAsync(account, name, 2);
            await SetAsync(account, name, 1);
            await MadeGroups.InServiceAsync(account, name, 1);
        }),
        new("asg-12", "A member that is terminated by somebody is replaced, and the activities say why", Health, ContractCost.Group, async account =>
        {
            var (name, lost) = await OneMemberAsync(account, "replaces");
            await account.Ec2.TerminateInstancesAsync(new TerminateInstancesRequest { InstanceIds = [lost] });
            await account.UntilAsync("another is in service", async () => (await MadeGroups.OneAsync(account, name)).Instances is { Count: 1 } members && members[0].InstanceId != lost && members[0].LifecycleState.Value == "InService");
            var activity = (await ActivitiesAsync(account, name)).Find(entry => entry.Description == $"Terminating EC2 instance: {lost}");
            Claim.That("the activity names the health check", activity?.Cause.Contains("health check", StringComparison.Ordinal) is true, activity?.Cause);
        }),
        new("asg-13", "A member that is stopped by somebody is replaced", Health, ContractCost.Group, async account =>
        {
            var (name, lost) = await OneMemberAsync(account, "replaces-stopped");
            await account.Ec2.StopInstancesAsync(new StopInstancesRequest { InstanceIds = [lost] });
            await account.UntilAsync("another is in service", async () => (await MadeGroups.OneAsync(account, name)).Instances is { Count: 1 } members && members[0].InstanceId != lost && members[0].LifecycleState.Value == "InService");
        }),
        new("asg-14", "A member that is rebooted is not replaced", Health, ContractCost.Group, async account =>
        {
            var (name, member) = await OneMemberAsync(account, "reboots");
            await account.Ec2.RebootInstancesAsync(new RebootInstancesRequest { InstanceIds = [member] });
            await Task.Delay(account.IsAws ? TimeSpan.FromMinutes(5) : TimeSpan.FromSeconds(1));
            Claim.Same("the member", member, (await MadeGroups.OneAsync(account, name)).Instances.Single().InstanceId);
        }),
        new("asg-15", "A member is terminated by name and replaced, where the group stays as large as it was", Terminate, ContractCost.Group, async account =>
        {
            var (name, member) = await OneMemberAsync(account, "named");
            var activity = (await account.AutoScaling.TerminateInstanceInAutoScalingGroupAsync(new TerminateInstanceInAutoScalingGroupRequest { InstanceId = member, ShouldDecrementDesiredCapacity = false })).Activity;
            Claim.Same("the activity", $"Terminating EC2 instance: {member}", activity.Description);
            await account.UntilAsync("another is in service", async () => (await MadeGroups.OneAsync(account, name)).Instances is { Count: 1 } members && members[0].InstanceId != member);
        }),
        new("asg-16", "A member is not terminated by name where the group would become too small: `ValidationError`, 400", Terminate, ContractCost.Group, async account =>
        {
            var (name, member) = await OneMemberAsync(account, "too-small");
            await account.AutoScaling.UpdateAutoScalingGroupAsync(new UpdateAutoScalingGroupRequest { AutoScalingGroupName = name, MinSize = 1 });
            await Claim.RefusedAsync("ValidationError", () => account.AutoScaling.TerminateInstanceInAutoScalingGroupAsync(new TerminateInstanceInAutoScalingGroupRequest { InstanceId = member, ShouldDecrementDesiredCapacity = true }));
        }),
        new("asg-17", "An instance that is in no group is not terminated by name: `ValidationError`, 400", Terminate, ContractCost.Nothing, account =>
            Claim.RefusedAsync("ValidationError", () => account.AutoScaling.TerminateInstanceInAutoScalingGroupAsync(new TerminateInstanceInAutoScalingGroupRequest { InstanceId = "i-0123456789abcdef0", ShouldDecrementDesiredCapacity = false }))),
        new("asg-18", "A group is not set larger than it may be: `ValidationError`, 400", "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_SetDesiredCapacity.html", ContractCost.Group, async account =>
        {
            var name = await MadeGroups.MakeAsync(account, "too-large");
            await Claim.RefusedAsync("ValidationError", () => SetAsync(account, name, 3));
        }),
        new("asg-19", "A group that may be smaller at most than it is becomes so", "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_UpdateAutoScalingGroup.html", ContractCost.Group, async account =>
        {
            var name = await MadeGroups.MakeAsync(account, "capped", request => request.DesiredCapacity = 2);
            await account.AutoScaling.UpdateAutoScalingGroupAsync(new UpdateAutoScalingGroupRequest { AutoScalingGroupName = name, MaxSize = 1 });
            Claim.Same("what is wanted", (int?)1, (await MadeGroups.OneAsync(account, name)).DesiredCapacity);
        }),
        new("asg-20", "A group with instances is deleted only by force: `ResourceInUse`, 400", "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DeleteAutoScalingGroup.html", ContractCost.Group, async account =>
        {
            var (name, _) = await OneMemberAsync(account, "in-use");
            await Claim.RefusedAsync("ResourceInUse", () => account.AutoScaling.DeleteAutoScalingGroupAsync(new DeleteAutoScalingGroupRequest { AutoScalingGroupName = name }));
            await account.AutoScaling.DeleteAutoScalingGroupAsync(new DeleteAutoScalingGroupRequest { AutoScalingGroupName = name, ForceDelete = true });
            await account.UntilAsync("it is gone", async () => await MadeGroups.FindAsync(account, name) is null);
        }),
        Unknown("asg-21", "updated", (account, name) => account.AutoScaling.UpdateAutoScalingGroupAsync(new UpdateAutoScalingGroupRequest { AutoScalingGroupName = name })),
        Unknown("asg-22", "set to a size", (account, name) => SetAsync(account, name, 1)),
        Unknown("asg-23", "deleted", (account, name) => account.AutoScaling.DeleteAutoScalingGroupAsync(new DeleteAutoScalingGroupRequest { AutoScalingGroupName = name })),
    ];

    private static ContractCase Unknown(string id, string what, Func<ContractAccount, string, Task> call) => new(id, $"A group that is not there cannot be {what}: `ValidationError`, 400", "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/CommonErrors.html", ContractCost.Nothing, account =>
        Claim.RefusedAsync("ValidationError", () => call(account, account.Name("nobody"))));

    private static async Task<(string Name, string Member)> OneMemberAsync(ContractAccount account, string name)
    {
        var group = await MadeGroups.MakeAsync(account, name, request => request.DesiredCapacity = 1);
        await MadeGroups.InServiceAsync(account, group, 1);
        return (group, (await MadeGroups.OneAsync(account, group)).Instances.Single().InstanceId);
    }

    private static Task<SetDesiredCapacityResponse> SetAsync(ContractAccount account, string name, int size) => account.AutoScaling.SetDesiredCapacityAsync(new SetDesiredCapacityRequest { AutoScalingGroupName = name, DesiredCapacity = size });

    private static async Task<List<Activity>> ActivitiesAsync(ContractAccount account, string name) =>
        (await account.AutoScaling.DescribeScalingActivitiesAsync(new DescribeScalingActivitiesRequest { AutoScalingGroupName = name })).Activities ?? [];
}
