using Amazon.EC2.Model;

namespace ChaosHarness.LocalCloud.Contract.Ec2;

/// <summary>Regions, zones and subnets.</summary>
internal static class Places
{
    private const string Zones = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAvailabilityZones.html";
    private const string Regions = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRegions.html";
    private const string Subnets = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSubnets.html";

    // No constant: the analyzers of the SDK know the limit too.
    private static readonly int Smallest = 5;

    public static IEnumerable<ContractCase> Cases =>
    [
        new("ec2-78", "Zones are found by `zone-name`, `zone-id`, `state`, `region-name` and `zone-type`", Zones, ContractCost.Nothing, async account =>
        {
            var first = (await account.Ec2.DescribeAvailabilityZonesAsync(new DescribeAvailabilityZonesRequest())).AvailabilityZones[0];
            foreach (var (name, value) in new[] { ("zone-name", first.ZoneName), ("zone-id", first.ZoneId), ("state", "available"), ("region-name", account.Account.Region), ("zone-type", "availability-zone") })
            {
                Claim.SameSet(name, [first.ZoneName], (await account.Ec2.DescribeAvailabilityZonesAsync(new DescribeAvailabilityZonesRequest { ZoneNames = [first.ZoneName], Filters = [new Filter(name, [value])] })).AvailabilityZones.Select(zone => zone.ZoneName));
            }
        }),
        new("ec2-79", "A zone that is not there is refused: `InvalidParameterValue`, 400", Zones, ContractCost.Nothing, account =>
            Claim.RefusedAsync("InvalidParameterValue", () => account.Ec2.DescribeAvailabilityZonesAsync(new DescribeAvailabilityZonesRequest { ZoneNames = ["mars-north-1a"] }))),
        new("ec2-80", "The region is found by `region-name` and `endpoint`", Regions, ContractCost.Nothing, async account =>
        {
            foreach (var (name, value) in new[] { ("region-name", account.Account.Region), ("endpoint", $"*.{account.Account.Region}.*") })
            {
                Claim.SameSet(name, [account.Account.Region], (await account.Ec2.DescribeRegionsAsync(new DescribeRegionsRequest { Filters = [new Filter(name, [value])] })).Regions.Select(region => region.RegionName));
            }
        }),
        new("ec2-81", "Subnets are found by `availability-zone`, `cidr-block`, `default-for-az`, `owner-id`, `state`, `subnet-arn`, `subnet-id` and `vpc-id`", Subnets, ContractCost.Nothing, async account =>
        {
            var first = (await account.Ec2.DescribeSubnetsAsync(new DescribeSubnetsRequest())).Subnets[0];
            foreach (var (name, value) in new[] { ("availability-zone", first.AvailabilityZone), ("cidr-block", first.CidrBlock), ("default-for-az", first.DefaultForAz is true ? "true" : "false"), ("owner-id", first.OwnerId), ("state", "available"), ("subnet-arn", first.SubnetArn), ("subnet-id", first.SubnetId), ("vpc-id", first.VpcId) })
            {
                Claim.SameSet(name, [first.SubnetId], (await account.Ec2.DescribeSubnetsAsync(new DescribeSubnetsRequest { SubnetIds = [first.SubnetId], Filters = [new Filter(name, [value])] })).Subnets.Select(subnet => subnet.SubnetId));
            }
        }),
        new("ec2-82", "A subnet that is not there is refused: `InvalidSubnetID.NotFound`, 400", "https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-error-codes.html", ContractCost.Nothing, account =>
            Claim.RefusedAsync("InvalidSubnetID.NotFound", () => account.Ec2.DescribeSubnetsAsync(new DescribeSubnetsRequest { SubnetIds = ["subnet-0123456789abcdef0"] }))),
        new("ec2-83", "A page of fewer than five subnets is refused: `InvalidParameterValue`, 400", Subnets, ContractCost.Nothing, account =>
            Claim.RefusedAsync("InvalidParameterValue", () => account.Ec2.DescribeSubnetsAsync(new DescribeSubnetsRequest { MaxResults = Smallest - 1 }))),
    ];
}
