using Amazon.AutoScaling.Model;
using ChaosHarness.LocalCloud.Contract.Resources;

namespace ChaosHarness.LocalCloud.Contract.AutoScaling;

/// <summary>Groups that cannot be.</summary>
internal static class GroupValidation
{
    private const string Create = "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html";

    public static IEnumerable<ContractCase> Cases =>
    [
        Refused("asg-01", "A group is not larger at least than at most", request => (request.MinSize, request.DesiredCapacity) = (3, null)),
        Refused("asg-02", "A group is not wanted larger than it may be", request => request.DesiredCapacity = 3),
        Refused("asg-03", "A group is not wanted smaller than it may be", request => (request.MinSize, request.DesiredCapacity) = (1, 0)),
        Refused("asg-04", "A group is made after something", request => request.InstanceId = null),
        Refused("asg-05", "A group is made after an instance that is there", request => request.InstanceId = "i-0123456789abcdef0"),
        Refused("asg-06", "A group is in subnets that are there", request => (request.VPCZoneIdentifier, request.AvailabilityZones) = ("subnet-0123456789abcdef0", null)),
        Refused("asg-07", "A group registers with target groups that are there", request => request.TargetGroupARNs = ["arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/none/0123456789abcdef"]),
        Refused("asg-08", "Health checks have a type that there is", request => request.HealthCheckType = "DOCTOR"),
        new("asg-09", "A name that is taken is refused: `AlreadyExists`, 400", Create, ContractCost.Group, async account =>
        {
            var name = await MadeGroups.MakeAsync(account, "taken");
            var request = await MadeGroups.RequestAsync(account, "taken");
            await Claim.RefusedAsync("AlreadyExists", () => account.AutoScaling.CreateAutoScalingGroupAsync(request));
            Claim.Same("the group", name, request.AutoScalingGroupName);
        }),
    ];

    private static ContractCase Refused(string id, string behaviour, Action<CreateAutoScalingGroupRequest> change) => new(id, $"{behaviour}: `ValidationError`, 400", Create, ContractCost.Instance, async account =>
    {
        var request = await MadeGroups.RequestAsync(account, "refused");
        change(request);
        await Claim.RefusedAsync("ValidationError", () => account.AutoScaling.CreateAutoScalingGroupAsync(request));
    });
}
