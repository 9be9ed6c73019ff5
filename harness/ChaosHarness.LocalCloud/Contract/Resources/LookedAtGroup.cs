using Amazon.ElasticLoadBalancingV2.Model;

namespace ChaosHarness.LocalCloud.Contract.Resources;

/// <summary>A group of two instances behind the load balancer, for cases that only look at it.</summary>
internal sealed record LookedAtGroup(string Name, string LoadBalancerArn, string TargetGroupArn)
{
    public static async Task<LookedAtGroup> MakeAsync(ContractAccount account)
    {
        var balancer = (await account.LoadBalancing.DescribeLoadBalancersAsync(new DescribeLoadBalancersRequest { Names = [account.LoadBalancerName] })).LoadBalancers[0].LoadBalancerArn;
        var targets = (await account.LoadBalancing.DescribeTargetGroupsAsync(new DescribeTargetGroupsRequest { LoadBalancerArn = balancer })).TargetGroups[0].TargetGroupArn;
        var name = await MadeGroups.MakeAsync(account, "looked-at", request => (request.MinSize, request.MaxSize, request.DesiredCapacity, request.TargetGroupARNs) = (1, 4, 2, [targets]));
        await MadeGroups.InServiceAsync(account, name, 2);
        return new LookedAtGroup(name, balancer, targets);
    }
}
