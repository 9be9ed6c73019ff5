using Amazon.AutoScaling;
using Amazon.AutoScaling.Model;
using Amazon.EC2.Model;
using Amazon.ElasticLoadBalancingV2;
using Amazon.ElasticLoadBalancingV2.Model;

namespace ChaosHarness.LocalCloud.Tests.AutoScaling;

/// <summary>Groups replace what dies, and the load balancer knows who is healthy.</summary>
public sealed class ScalingTests : CloudTests
{
    protected override LocalCloudOptions Options => base.Options with { LoadBalancers = [new LoadBalancerPlan("web") { HealthCheckPath = "/hello" }] };

    [Test]
    public async Task A_group_keeps_its_size_and_its_load_balancer_serves()
    {
        var group = await GroupAsync("kept", "EC2");
        Assert.That((await MembersAsync("kept")).Select(member => member.AvailabilityZone), Is.Unique, "spread over the zones");
        await UntilAsync(async () => await HealthyAsync() == 3, "all are healthy");
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var address = (await Account.LoadBalancing.DescribeLoadBalancersAsync(new DescribeLoadBalancersRequest { Names = ["web"] })).LoadBalancers[0].DNSName;
        Assert.That(await http.GetStringAsync(new Uri($"http://{address}:{LocalCloud.LoadBalancerPort}/hello")), Is.EqualTo("hello\n"));

        var lost = (await MembersAsync("kept"))[0].InstanceId;
        await Account.Ec2.TerminateInstancesAsync(new TerminateInstancesRequest { InstanceIds = [lost] });
        await UntilAsync(async () => (await MembersAsync("kept")) is { Count: 3 } members && members.All(member => member.InstanceId != lost && member.LifecycleState == LifecycleState.InService), "it is replaced");
        await UntilAsync(async () => await HealthyAsync() == 3, "and serves");
        var activities = await Account.AutoScaling.DescribeScalingActivitiesAsync(new DescribeScalingActivitiesRequest { AutoScalingGroupName = "kept" });
        Assert.That(activities.Activities.Select(activity => activity.Description), Has.Some.EqualTo($"Terminating EC2 instance: {lost}"));

        var killed = (await MembersAsync("kept"))[1].InstanceId;
        await Cloud.Compute.Find(killed)!.KillProgramAsync();
        await UntilAsync(async () => await HealthyAsync() == 2, "the load balancer sees that a program died");
        Assert.That((await MembersAsync("kept")).Select(member => member.InstanceId), Has.Member(killed), "EC2 does not, and the group asks nobody else");
        await RemoveAsync(group);
    }

    [TestCase(false, "failed")]
    [TestCase(true, "completed")]
    public async Task Stopping_members_fails_unless_it_is_said_that_the_group_may_terminate_them(bool completes, string status)
    {
        var group = await GroupAsync($"stopped-{completes}", "EC2");
        var stop = ChaosHarness.Aws.Templates.FisTemplate.For("stop one", "arn:aws:iam::000000000000:role/fis")
            .Target("one", ChaosHarness.Aws.Templates.FisTarget.Instances.WithTag("group", group).Where("State.Name", "running").Count(1))
            .Do("stop", ChaosHarness.Aws.Templates.FisAction.StopInstances("one", "5m", completes));
        var started = await ChaosHarness.Aws.Faults.FisRuns.StartAsync(Account, null, stop.Checked().ToRequest(), Guid.NewGuid().ToString("N"), Amazon.FIS.ActionsMode.RunAll, default);
        var ended = await ChaosHarness.Aws.Faults.FisRuns.EndedAsync(Account, started.Id, default);

        Assert.That(ended.State.Status.Value, Is.EqualTo(status), ended.State.Reason);
        await InServiceAsync(group, 3);
        await RemoveAsync(group);
    }

    [Test]
    public async Task A_group_grows_shrinks_and_goes()
    {
        var group = await GroupAsync("sized", "EC2");
        await Account.AutoScaling.SetDesiredCapacityAsync(new SetDesiredCapacityRequest { AutoScalingGroupName = "sized", DesiredCapacity = 4 });
        await InServiceAsync("sized", 4);
        var named = (await MembersAsync("sized"))[0].InstanceId;
        await Account.AutoScaling.TerminateInstanceInAutoScalingGroupAsync(new TerminateInstanceInAutoScalingGroupRequest { InstanceId = named, ShouldDecrementDesiredCapacity = true });
        await InServiceAsync("sized", 3);
        Assert.That((await MembersAsync("sized")).Select(member => member.InstanceId), Has.No.Member(named));
        await Account.AutoScaling.UpdateAutoScalingGroupAsync(new UpdateAutoScalingGroupRequest { AutoScalingGroupName = "sized", MinSize = 1, MaxSize = 2 });
        await InServiceAsync("sized", 2);

        Assert.That(() => Account.AutoScaling.SetDesiredCapacityAsync(new SetDesiredCapacityRequest { AutoScalingGroupName = "sized", DesiredCapacity = 9 }), Fails("ValidationError"));
        Assert.That(() => Account.AutoScaling.DeleteAutoScalingGroupAsync(new DeleteAutoScalingGroupRequest { AutoScalingGroupName = "sized" }), Throws.TypeOf<Amazon.AutoScaling.Model.ResourceInUseException>());
        await RemoveAsync(group);
    }

    [Test]
    public async Task A_target_whose_checks_fail_is_unhealthy_and_replaced_where_the_group_asks_the_load_balancer()
    {
        var group = await GroupAsync("asked", "ELB");
        await UntilAsync(async () => await HealthyAsync() == 3, "all are healthy");
        var ill = Cloud.Compute.Find((await MembersAsync("asked"))[0].InstanceId)!;
        File.Delete(Path.Combine(Cloud.Context.Folder.Path, ill.Id, "hello"));

        await UntilAsync(async () => (await MembersAsync("asked")) is { Count: 3 } members && members.All(member => member.InstanceId != ill.Id), "it is replaced");
        await RemoveAsync(group);
    }

    [Test]
    public void What_is_not_there_is_named()
    {
        Assert.That(() => Account.AutoScaling.CreateAutoScalingGroupAsync(new CreateAutoScalingGroupRequest { AutoScalingGroupName = "g", MinSize = 1, MaxSize = 1, LaunchTemplate = new Amazon.AutoScaling.Model.LaunchTemplateSpecification { LaunchTemplateName = "web" } }), Fails("NotImplemented").And.Message.Contains("LaunchTemplate"));
        Assert.That(() => Account.AutoScaling.SetDesiredCapacityAsync(new SetDesiredCapacityRequest { AutoScalingGroupName = "nobody", DesiredCapacity = 1 }), Fails("ValidationError"));
        Assert.That(() => Account.LoadBalancing.DescribeLoadBalancersAsync(new DescribeLoadBalancersRequest { Names = ["nobody"] }), Throws.TypeOf<LoadBalancerNotFoundException>());
        Assert.That(() => Account.LoadBalancing.DescribeTargetHealthAsync(new DescribeTargetHealthRequest { TargetGroupArn = "arn:none" }), Throws.TypeOf<TargetGroupNotFoundException>());
        Assert.That(async () => await Account.LoadBalancing.RegisterTargetsAsync(new RegisterTargetsRequest { TargetGroupArn = await TargetGroupAsync(), Targets = [new TargetDescription { Id = "i-none" }] }), Throws.TypeOf<InvalidTargetException>());
    }

    private async Task<string> GroupAsync(string name, string healthCheck)
    {
        var model = await RunAsync();
        await Account.AutoScaling.CreateAutoScalingGroupAsync(new CreateAutoScalingGroupRequest
        {
            AutoScalingGroupName = name,
            InstanceId = model.InstanceId,
            MinSize = 1,
            MaxSize = 5,
            DesiredCapacity = 3,
            HealthCheckType = healthCheck,
            // For its program to start on a busy machine, before the load balancer is asked.
            HealthCheckGracePeriod = 600,
            TargetGroupARNs = [await TargetGroupAsync()],
            Tags = [new Amazon.AutoScaling.Model.Tag { Key = "group", Value = name, PropagateAtLaunch = true }],
        });
        await Account.Ec2.TerminateInstancesAsync(new TerminateInstancesRequest { InstanceIds = [model.InstanceId] });
        await InServiceAsync(name, 3);
        Assert.That(Cloud.Compute.Instances.Count(instance => instance.Tags.GetValueOrDefault("group") == name), Is.EqualTo(3), "and carry the tags of the group");
        return name;
    }

    private async Task RemoveAsync(string name)
    {
        await Account.AutoScaling.DeleteAutoScalingGroupAsync(new DeleteAutoScalingGroupRequest { AutoScalingGroupName = name, ForceDelete = true });
        await UntilAsync(async () => (await Account.AutoScaling.DescribeAutoScalingGroupsAsync(new DescribeAutoScalingGroupsRequest { AutoScalingGroupNames = [name] })).AutoScalingGroups is not { Count: > 0 }, "the group is gone");
        await UntilAsync(async () => await TargetsAsync() == 0, "and its targets");
    }

    private Task InServiceAsync(string name, int count) =>
        UntilAsync(async () => (await MembersAsync(name)) is var members && members.Count == count && members.All(member => member.LifecycleState == LifecycleState.InService), $"{count} of {name} are in service");

    private async Task<List<Amazon.AutoScaling.Model.Instance>> MembersAsync(string name) =>
        (await Account.AutoScaling.DescribeAutoScalingGroupsAsync(new DescribeAutoScalingGroupsRequest { AutoScalingGroupNames = [name] })).AutoScalingGroups[0].Instances ?? [];

    private async Task<string> TargetGroupAsync() => (await Account.LoadBalancing.DescribeTargetGroupsAsync(new DescribeTargetGroupsRequest { Names = ["web"] })).TargetGroups[0].TargetGroupArn;

    private async Task<List<TargetHealthDescription>> HealthAsync() => (await Account.LoadBalancing.DescribeTargetHealthAsync(new DescribeTargetHealthRequest { TargetGroupArn = await TargetGroupAsync() })).TargetHealthDescriptions ?? [];

    private async Task<int> HealthyAsync() => (await HealthAsync()).Count(target => target.TargetHealth.State == TargetHealthStateEnum.Healthy);

    private async Task<int> TargetsAsync() => (await HealthAsync()).Count;

    private static NUnit.Framework.Constraints.EqualStringConstraint Fails(string code) => Throws.InstanceOf<AmazonAutoScalingException>().With.Property("ErrorCode").EqualTo(code);
}
