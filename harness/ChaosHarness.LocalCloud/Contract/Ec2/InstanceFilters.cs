using Amazon.EC2.Model;
using ChaosHarness.LocalCloud.Contract.Resources;

namespace ChaosHarness.LocalCloud.Contract.Ec2;

/// <summary>The filters of DescribeInstances.</summary>
internal static class InstanceFilters
{
    private const string Source = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html";

    public static IEnumerable<ContractCase> Cases =>
    [
        First("ec2-37", "availability-zone", two => two.First.Placement.AvailabilityZone),
        First("ec2-38", "client-token", two => two.First.Tags.Find(tag => tag.Key == "Name")!.Value),
        First("ec2-39", "instance-id", two => two.First.InstanceId),
        First("ec2-40", "private-ip-address", two => two.First.PrivateIpAddress),
        First("ec2-41", "private-dns-name", two => two.First.PrivateDnsName),
        First("ec2-42", "subnet-id", two => two.First.SubnetId),
        First("ec2-43", "tag:Name", two => two.First.Tags.Find(tag => tag.Key == "Name")!.Value),
        First("ec2-44", "tag:Name", _ => "*-fir?t", " with wildcards"),
        First("ec2-45", "tag-key", _ => "first"),
        Both("ec2-46", "architecture", two => two.First.Architecture.Value),
        Both("ec2-47", "image-id", two => two.First.ImageId),
        Both("ec2-48", "instance-state-code", _ => "16"),
        Both("ec2-49", "instance-state-name", _ => "running"),
        Both("ec2-50", "instance-type", _ => "t3.micro"),
        Both("ec2-51", "root-device-type", _ => "ebs"),
        Both("ec2-52", "vpc-id", two => two.First.VpcId),
        Both("ec2-53", "tenancy", _ => "default"),
        Both("ec2-54", "monitoring-state", _ => "disabled"),
        new("ec2-55", "Of the values of a filter one has to hold, of the filters all", Source, ContractCost.Instance, async account =>
        {
            var two = await account.SharedAsync(TwoInstances.MakeAsync);
            Claim.SameSet("one of two zones", [two.First.InstanceId, two.Second.InstanceId], await FoundAsync(account, new Filter("availability-zone", [two.First.Placement.AvailabilityZone, two.Second.Placement.AvailabilityZone])));
            Claim.SameSet("both of two filters", [], await FoundAsync(account, new Filter("instance-id", [two.First.InstanceId]), new Filter("availability-zone", [two.Second.Placement.AvailabilityZone])));
        }),
        new("ec2-56", "Values are compared with upper and lower case", Source, ContractCost.Instance, async account =>
        {
            await account.SharedAsync(TwoInstances.MakeAsync);
            Claim.SameSet("what is found", [], await FoundAsync(account, new Filter("instance-state-name", ["RUNNING"])));
        }),
        new("ec2-57", "A filter that is not there is refused, also where it could find nothing: `InvalidParameterValue`, 400", Source, ContractCost.Nothing, account =>
            Claim.RefusedAsync("InvalidParameterValue", () => account.Ec2.DescribeInstancesAsync(new DescribeInstancesRequest { Filters = [new Filter("colour", ["red"])] }))),
        new("ec2-58", "A filter finds no instance where its tag is missing, also with `*`", Source, ContractCost.Instance, async account =>
        {
            await account.SharedAsync(TwoInstances.MakeAsync);
            Claim.SameSet("what is found", [], await FoundAsync(account, new Filter("tag:nobody-has-this", ["*", ""])));
        }),
    ];

    private static ContractCase First(string id, string filter, Func<TwoInstances, string> value, string how = "") => new(id, $"Instances are found by `{filter}`{how}", Source, ContractCost.Instance, async account =>
    {
        var two = await account.SharedAsync(TwoInstances.MakeAsync);
        Claim.SameSet($"what {filter} finds", [two.First.InstanceId], await FoundAsync(account, new Filter(filter, [value(two)])));
    });

    private static ContractCase Both(string id, string filter, Func<TwoInstances, string> value) => new(id, $"Instances are found by `{filter}`", Source, ContractCost.Instance, async account =>
    {
        var two = await account.SharedAsync(TwoInstances.MakeAsync);
        Claim.SameSet($"what {filter} finds", [two.First.InstanceId, two.Second.InstanceId], await FoundAsync(account, new Filter(filter, [value(two)])));
        Claim.SameSet($"what {filter} finds of another value", [], await FoundAsync(account, new Filter(filter, ["another"])));
    });

    // Other cases launch instances meanwhile: only those with the tag are looked at.
    private static async Task<IEnumerable<string>> FoundAsync(ContractAccount account, params IEnumerable<Filter> filters) =>
        ((await account.Ec2.DescribeInstancesAsync(new DescribeInstancesRequest { Filters = [.. filters, new Filter("tag:look", [account.Prefix])] })).Reservations ?? [])
            .SelectMany(reservation => reservation.Instances).Select(instance => instance.InstanceId);
}
