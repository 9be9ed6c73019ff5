using System.Net;
using Amazon.EC2.Model;
using ChaosHarness.LocalCloud.Contract.Resources;

namespace ChaosHarness.LocalCloud.Contract.Ec2;

/// <summary>Launches: once for a token, in part or not at all, and what is refused.</summary>
internal static class InstanceLaunches
{
    private const string Run = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html";
    private const string Tokens = "https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html";
    private const string Codes = "https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-error-codes.html";

    public static IEnumerable<ContractCase> Cases =>
    [
        new("ec2-23", "A launch that is sent again with its token launches nothing more, and answers the same", Tokens, ContractCost.Instance, async account =>
        {
            var request = Launches.Request(account);
            request.ClientToken = account.Name("once");
            var (first, second) = ((await Launches.LaunchAsync(account, request))[0], (await Launches.LaunchAsync(account, request))[0]);
            Claim.Same("the instance", first.InstanceId, second.InstanceId);
        }),
        new("ec2-24", "A token that comes again with other parameters is refused: `IdempotentParameterMismatch`, 400", Tokens, ContractCost.Instance, async account =>
        {
            var request = Launches.Request(account);
            request.ClientToken = account.Name("twice");
            await Launches.LaunchAsync(account, request);
            request.InstanceType = "t3.small";
            await Claim.RefusedAsync("IdempotentParameterMismatch", () => Launches.LaunchAsync(account, request));
        }),
        new("ec2-25", "A dry run that would succeed is refused, and launches nothing: `DryRunOperation`, 412", Run, ContractCost.Nothing, account =>
            Claim.RefusedAsync("DryRunOperation", () => TryAsync(account, request => request.DryRun = true), HttpStatusCode.PreconditionFailed)),
        new("ec2-26", "A dry run of a call that could not be done says why not", Codes, ContractCost.Nothing, account =>
            Claim.RefusedAsync("InvalidInstanceID.NotFound", () => account.Ec2.StopInstancesAsync(new StopInstancesRequest { InstanceIds = ["i-0123456789abcdef0"], DryRun = true }))),
        Refused("ec2-27", "An image id that is none is refused", "InvalidAMIID.Malformed", request => request.ImageId = "windows"),
        Refused("ec2-28", "A subnet that is not there is refused", "InvalidSubnetID.NotFound", request => request.SubnetId = "subnet-0123456789abcdef0"),
        Refused("ec2-29", "A zone that is not there is refused", "InvalidParameterValue", request => request.Placement = new Placement { AvailabilityZone = "mars-north-1a" }),
        Refused("ec2-30", "More at least than at most is refused", "InvalidParameterValue|InvalidParameterCombination", request => (request.MinCount, request.MaxCount) = (2, 1)),
        Refused("ec2-31", "User data that is not Base64 is refused", "InvalidParameterValue|InvalidUserData.Malformed", request => request.UserData = "%%%"),
        Refused("ec2-32", "A type of instance that is none is refused", "InvalidParameterValue", request => request.InstanceType = "tiny"),
        Refused("ec2-33", "A tag whose key begins with `aws:` is refused", "InvalidParameterValue", request => request.TagSpecifications[0].Tags.Add(new Tag("aws:mine", "x"))),
        Refused("ec2-34", "A tag for a type of resource that is not launched is refused", "InvalidParameterValue", request => request.TagSpecifications.Add(new TagSpecification { ResourceType = Amazon.EC2.ResourceType.Subnet, Tags = [new Tag("a", "b")] })),
        new("ec2-35", "Several instances are launched as one reservation", Run, ContractCost.Instance, async account =>
        {
            var request = Launches.Request(account);
            (request.MinCount, request.MaxCount) = (2, 2);
            var launched = await Launches.LaunchAsync(account, request);
            var ids = launched.ConvertAll(instance => instance.InstanceId);
            var found = (await account.Ec2.DescribeInstancesAsync(new DescribeInstancesRequest { InstanceIds = ids })).Reservations;
            Claim.Same("reservations and instances", (1, 2), (found.Count, found[0].Instances.Count));
        }),
        new("ec2-36", "An instance carries the tags of its launch, and its volume those for volumes", Run, ContractCost.Instance, async account =>
        {
            var request = Launches.Request(account, ("kind", "launched"));
            request.TagSpecifications.Add(new TagSpecification { ResourceType = Amazon.EC2.ResourceType.Volume, Tags = [new Tag("kind", "volume"), new Tag(ContractAccount.Tag, account.Prefix)] });
            var id = (await Launches.LaunchAsync(account, request))[0].InstanceId;
            Claim.Same("the tag", "launched", (await Launches.OneAsync(account, id)).Tags.Find(tag => tag.Key == "kind")?.Value);
            await account.UntilAsync("its volume is there with its tag", async () => (await account.Ec2.DescribeVolumesAsync(new DescribeVolumesRequest
            {
                Filters = [new Filter("attachment.instance-id", [id])],
            })).Volumes?.SingleOrDefault()?.Tags?.Find(tag => tag.Key == "kind")?.Value == "volume");
        }),
    ];

    private static ContractCase Refused(string id, string behaviour, string code, Action<RunInstancesRequest> change) => new(id, $"{behaviour}: `{code.Replace("|", "` or `", StringComparison.Ordinal)}`, 400", Codes, ContractCost.Nothing, account =>
        Claim.RefusedAsync(code, () => TryAsync(account, change)));

    private static Task<List<Instance>> TryAsync(ContractAccount account, Action<RunInstancesRequest> change)
    {
        var request = Launches.Request(account);
        change(request);
        return Launches.LaunchAsync(account, request);
    }
}
