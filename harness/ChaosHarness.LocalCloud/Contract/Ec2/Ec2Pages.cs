using Amazon.EC2.Model;
using ChaosHarness.LocalCloud.Contract.Resources;

namespace ChaosHarness.LocalCloud.Contract.Ec2;

/// <summary>Pages of what is described.</summary>
internal static class Ec2Pages
{
    private const string Source = "https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-pagination.html";

    public static IEnumerable<ContractCase> Cases =>
    [
        new("ec2-63", "Pages of instances together have each instance once", Source, ContractCost.Instance, async account =>
        {
            var request = Launches.Request(account, ("page", account.Prefix));
            (request.MinCount, request.MaxCount) = (7, 7);
            var launched = (await Launches.LaunchAsync(account, request)).ConvertAll(instance => instance.InstanceId);
            var (seen, pages) = (new List<string>(), 0);
            string? next = null;
            do
            {
                var page = await account.Ec2.DescribeInstancesAsync(new DescribeInstancesRequest { Filters = [new Filter("tag:page", [account.Prefix])], MaxResults = 5, NextToken = next });
                seen.AddRange(page.Reservations.SelectMany(reservation => reservation.Instances).Select(instance => instance.InstanceId));
                next = page.NextToken;
                pages++;
            }
            while (!string.IsNullOrEmpty(next));
            Claim.SameSet("all pages", launched, seen);
            Claim.Same("the number of pages", 2, pages);
        }),
        Refused("ec2-64", "A page of fewer than five instances is refused", "InvalidParameterValue", new DescribeInstancesRequest { MaxResults = 4 }),
        Refused("ec2-65", "A page of more than a thousand instances is refused", "InvalidParameterValue", new DescribeInstancesRequest { MaxResults = 1001 }),
        new("ec2-66", "A page and ids of instances in one call are refused: `InvalidParameterCombination`, 400", "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html", ContractCost.Instance, async account =>
        {
            var id = (await account.SharedAsync(TwoInstances.MakeAsync)).First.InstanceId;
            await Claim.RefusedAsync("InvalidParameterCombination", () => account.Ec2.DescribeInstancesAsync(new DescribeInstancesRequest { InstanceIds = [id], MaxResults = 5 }));
        }),
        Refused("ec2-67", "A token that was never given is refused", "InvalidNextToken|InvalidPaginationToken|InvalidParameterValue", new DescribeInstancesRequest { MaxResults = 5, NextToken = "nonsense" }),
        new("ec2-68", "Pages of tags together have each tag once", Source, ContractCost.Volume, async account =>
        {
            var volume = await Volumes.MakeAsync(account);
            await account.Ec2.CreateTagsAsync(new CreateTagsRequest { Resources = [volume], Tags = [.. Enumerable.Range(0, 6).Select(number => new Tag($"t{number}", ""))] });
            var seen = new List<string>();
            string? next = null;
            do
            {
                var page = await account.Ec2.DescribeTagsAsync(new DescribeTagsRequest { Filters = [new Filter("resource-id", [volume])], MaxResults = 5, NextToken = next });
                seen.AddRange(page.Tags.Select(tag => tag.Key));
                next = page.NextToken;
            }
            while (!string.IsNullOrEmpty(next));
            Claim.SameSet("all pages", [ContractAccount.Tag, "t0", "t1", "t2", "t3", "t4", "t5"], seen);
        }),
    ];

    private static ContractCase Refused(string id, string behaviour, string code, DescribeInstancesRequest request) => new(id, $"{behaviour}: `{code.Replace("|", "` or `", StringComparison.Ordinal)}`, 400", Source, ContractCost.Nothing, account =>
        Claim.RefusedAsync(code, () => account.Ec2.DescribeInstancesAsync(request)));
}
