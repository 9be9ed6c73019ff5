using Amazon.EC2.Model;
using Amazon.ElasticLoadBalancingV2.Model;
using ChaosHarness.LocalCloud.Contract.Resources;

namespace ChaosHarness.LocalCloud.Contract.LoadBalancing;

/// <summary>The states of targets.</summary>
internal static class TargetStates
{
    private const string Health = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html";
    private const string Delay = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html";
    private const string Register = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RegisterTargets.html";

    public static IEnumerable<ContractCase> Cases =>
    [
        new("elb-01", "A target is `initial` while its first checks are made (`Elb.InitialHealthChecking` or `Elb.RegistrationInProgress`), and then `healthy` where they pass", Health, ContractCost.Group, async account =>
        {
            var (group, id) = await ServingAsync(account, Launches.ProgramData);
            await RegisterAsync(account, group, id);
            var first = await StateAsync(account, group, id);
            Claim.That("the first state", first is ("initial", "Elb.InitialHealthChecking" or "Elb.RegistrationInProgress") or ("healthy", null), first);
            await account.UntilAsync("it is healthy", async () => (await StateAsync(account, group, id)).State == "healthy");
            await DeregisterAsync(account, group, id);
        }),
        new("elb-02", "A target that does not answer is `initial`, and then `unhealthy`, with the reason", Health, ContractCost.Group, async account =>
        {
            var (group, id) = await ServingAsync(account, null);
            await RegisterAsync(account, group, id);
            Claim.Same("the first state", "initial", (await StateAsync(account, group, id)).State);
            await account.UntilAsync("it is unhealthy", async () => await StateAsync(account, group, id) is ("unhealthy", "Target.FailedHealthChecks" or "Target.Timeout"));
            await DeregisterAsync(account, group, id);
        }),
        new("elb-03", "A target that is deregistered is `draining` (`Target.DeregistrationInProgress`), and then `unused` (`Target.NotRegistered`)", Delay, ContractCost.Group, async account =>
        {
            var (group, id) = await ServingAsync(account, Launches.ProgramData);
            await RegisterAsync(account, group, id);
            await account.UntilAsync("it is healthy", async () => (await StateAsync(account, group, id)).State == "healthy");
            await DeregisterAsync(account, group, id);
            Claim.Same("the state", ("draining", "Target.DeregistrationInProgress"), await StateAsync(account, group, id));
            await account.UntilAsync("it is unused", async () => await StateAsync(account, group, id) is ("unused", "Target.NotRegistered"));
        }),
        new("elb-04", "A target that is not registered is `unused` (`Target.NotRegistered`) where it is asked for, and not among all", Health, ContractCost.Group, async account =>
        {
            var group = (await account.SharedAsync(LookedAtGroup.MakeAsync)).TargetGroupArn;
            Claim.Same("where it is asked for", ("unused", "Target.NotRegistered"), await StateAsync(account, group, "i-0123456789abcdef0"));
            Claim.That("among all", (await account.LoadBalancing.DescribeTargetHealthAsync(new DescribeTargetHealthRequest { TargetGroupArn = group })).TargetHealthDescriptions.TrueForAll(target => target.Target.Id != "i-0123456789abcdef0"));
        }),
        new("elb-05", "A target that is stopped is `unused` (`Target.InvalidState`)", Health, ContractCost.Group, async account =>
        {
            var (group, id) = await ServingAsync(account, Launches.ProgramData);
            await RegisterAsync(account, group, id);
            await account.Ec2.StopInstancesAsync(new StopInstancesRequest { InstanceIds = [id] });
            await account.UntilAsync("it is unused", async () => await StateAsync(account, group, id) is ("unused", "Target.InvalidState"));
            await DeregisterAsync(account, group, id);
        }),
        new("elb-06", "An instance that does not run cannot be registered: `InvalidTarget`, 400", Register, ContractCost.Instance, async account =>
        {
            var group = (await account.SharedAsync(LookedAtGroup.MakeAsync)).TargetGroupArn;
            var id = await Launches.RunAsync(account);
            await account.Ec2.StopInstancesAsync(new StopInstancesRequest { InstanceIds = [id] });
            await Launches.IsAsync(account, id, "stopped");
            await Claim.RefusedAsync("InvalidTarget", () => RegisterAsync(account, group, id));
        }),
        new("elb-07", "An instance that is not there cannot be registered: `InvalidTarget`, 400", Register, ContractCost.Group, async account =>
        {
            var group = (await account.SharedAsync(LookedAtGroup.MakeAsync)).TargetGroupArn;
            await Claim.RefusedAsync("InvalidTarget", () => RegisterAsync(account, group, "i-0123456789abcdef0"));
        }),
        new("elb-08", "The members of a group are targets, and healthy", "https://docs.aws.amazon.com/autoscaling/ec2/userguide/attach-load-balancer-asg.html", ContractCost.Group, async account =>
        {
            var group = await account.SharedAsync(LookedAtGroup.MakeAsync);
            foreach (var member in (await MadeGroups.OneAsync(account, group.Name)).Instances)
            {
                await account.UntilAsync("it is healthy", async () => (await StateAsync(account, group.TargetGroupArn, member.InstanceId)).State == "healthy");
            }
        }),
        Unknown("elb-09", "described", (account, arn) => account.LoadBalancing.DescribeTargetHealthAsync(new DescribeTargetHealthRequest { TargetGroupArn = arn })),
        Unknown("elb-10", "registered with", (account, arn) => RegisterAsync(account, arn, "i-0123456789abcdef0")),
        Unknown("elb-11", "deregistered from", (account, arn) => DeregisterAsync(account, arn, "i-0123456789abcdef0")),
    ];

    private static ContractCase Unknown(string id, string what, Func<ContractAccount, string, Task> call) => new(id, $"A target group that is not there cannot be {what}: `TargetGroupNotFound`, 400", Register, ContractCost.Nothing, async account =>
    {
        var who = (await account.Sts.GetCallerIdentityAsync(new Amazon.SecurityToken.Model.GetCallerIdentityRequest())).Account;
        await Claim.RefusedAsync("TargetGroupNotFound", () => call(account, $"arn:aws:elasticloadbalancing:{account.Account.Region}:{who}:targetgroup/none/0123456789abcdef"));
    });

    private static async Task<(string Group, string Id)> ServingAsync(ContractAccount account, string? program)
    {
        var group = (await account.SharedAsync(LookedAtGroup.MakeAsync)).TargetGroupArn;
        var request = Launches.Request(account);
        request.UserData = program;
        var id = (await Launches.LaunchAsync(account, request))[0].InstanceId;
        await Launches.IsAsync(account, id, "running");
        return (group, id);
    }

    private static Task<RegisterTargetsResponse> RegisterAsync(ContractAccount account, string group, string id) => account.LoadBalancing.RegisterTargetsAsync(new RegisterTargetsRequest { TargetGroupArn = group, Targets = [new TargetDescription { Id = id }] });

    private static Task<DeregisterTargetsResponse> DeregisterAsync(ContractAccount account, string group, string id) => account.LoadBalancing.DeregisterTargetsAsync(new DeregisterTargetsRequest { TargetGroupArn = group, Targets = [new TargetDescription { Id = id }] });

    private static async Task<(string State, string? Reason)> StateAsync(ContractAccount account, string group, string id)
    {
        var health = (await account.LoadBalancing.DescribeTargetHealthAsync(new DescribeTargetHealthRequest { TargetGroupArn = group, Targets = [new TargetDescription { Id = id }] })).TargetHealthDescriptions.Single().TargetHealth;
        return (health.State.Value, health.Reason?.Value);
    }
}
