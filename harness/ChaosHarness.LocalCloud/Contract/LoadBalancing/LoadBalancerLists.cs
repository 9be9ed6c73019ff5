using Amazon.ElasticLoadBalancingV2.Model;
using ChaosHarness.LocalCloud.Contract.Resources;

namespace ChaosHarness.LocalCloud.Contract.LoadBalancing;

/// <summary>How load balancers and target groups are found.</summary>
internal static class LoadBalancerLists
{
    private const string Balancers = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeLoadBalancers.html";
    private const string Groups = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTargetGroups.html";

    public static IEnumerable<ContractCase> Cases =>
    [
        new("elb-12", "A load balancer is found by its name and by its ARN, is active, and in more than one zone", Balancers, ContractCost.Nothing, async account =>
        {
            var balancer = (await account.LoadBalancing.DescribeLoadBalancersAsync(new DescribeLoadBalancersRequest { Names = [account.LoadBalancerName] })).LoadBalancers.Single();
            Claim.Same("state and type", ("active", "application"), (balancer.State.Code.Value, balancer.Type.Value));
            Claim.That("its zones", balancer.AvailabilityZones.Count > 1);
            Claim.Same("by its ARN", balancer.LoadBalancerName, (await account.LoadBalancing.DescribeLoadBalancersAsync(new DescribeLoadBalancersRequest { LoadBalancerArns = [balancer.LoadBalancerArn] })).LoadBalancers.Single().LoadBalancerName);
        }),
        new("elb-13", "A load balancer that is not there is an error: `LoadBalancerNotFound`, 400", Balancers, ContractCost.Nothing, account =>
            Claim.RefusedAsync("LoadBalancerNotFound", () => account.LoadBalancing.DescribeLoadBalancersAsync(new DescribeLoadBalancersRequest { Names = ["nobody"] }))),
        new("elb-14", "One that is not there is an error beside one that is: `LoadBalancerNotFound`, 400", Balancers, ContractCost.Nothing, account =>
            Claim.RefusedAsync("LoadBalancerNotFound", () => account.LoadBalancing.DescribeLoadBalancersAsync(new DescribeLoadBalancersRequest { Names = [account.LoadBalancerName, "nobody"] }))),
        new("elb-15", "A target group is found by its name, its ARN and its load balancer", Groups, ContractCost.Group, async account =>
        {
            var made = await account.SharedAsync(LookedAtGroup.MakeAsync);
            var group = (await account.LoadBalancing.DescribeTargetGroupsAsync(new DescribeTargetGroupsRequest { TargetGroupArns = [made.TargetGroupArn] })).TargetGroups.Single();
            Claim.Same("by its name", group.TargetGroupArn, (await account.LoadBalancing.DescribeTargetGroupsAsync(new DescribeTargetGroupsRequest { Names = [group.TargetGroupName] })).TargetGroups.Single().TargetGroupArn);
            Claim.SameSet("its load balancers", [made.LoadBalancerArn], group.LoadBalancerArns);
        }),
        new("elb-16", "A target group that is not there is an error: `TargetGroupNotFound`, 400", Groups, ContractCost.Nothing, account =>
            Claim.RefusedAsync("TargetGroupNotFound", () => account.LoadBalancing.DescribeTargetGroupsAsync(new DescribeTargetGroupsRequest { Names = ["nobody"] }))),
        new("elb-17", "Target groups of a load balancer that is not there are an error: `LoadBalancerNotFound`, 400", Groups, ContractCost.Group, async account =>
        {
            var made = await account.SharedAsync(LookedAtGroup.MakeAsync);
            await Claim.RefusedAsync("LoadBalancerNotFound", () => account.LoadBalancing.DescribeTargetGroupsAsync(new DescribeTargetGroupsRequest { LoadBalancerArn = made.LoadBalancerArn[..^16] + "0123456789abcdef" }));
        }),
        new("elb-18", "A page of more than 400 is refused: `ValidationError`, 400", Balancers, ContractCost.Nothing, account =>
            Claim.RefusedAsync("ValidationError", () => account.LoadBalancing.DescribeLoadBalancersAsync(new DescribeLoadBalancersRequest { PageSize = 401 }))),
    ];
}
