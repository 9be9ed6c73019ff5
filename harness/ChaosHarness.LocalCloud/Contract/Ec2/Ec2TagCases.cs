using Amazon.EC2.Model;

namespace ChaosHarness.LocalCloud.Contract.Ec2;

/// <summary>Tags of what is there already.</summary>
internal static class Ec2TagCases
{
    private const string Create = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTags.html";
    private const string Describe = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeTags.html";

    public static IEnumerable<ContractCase> Cases =>
    [
        new("ec2-84", "A tag that is put again has the new value, and the others stay", Create, ContractCost.Volume, async account =>
        {
            var volume = await Volumes.MakeAsync(account);
            await TagAsync(account, volume, ("a", "1"), ("b", "2"));
            await TagAsync(account, volume, ("a", "3"));
            Claim.SameSet("the tags", ["a=3", "b=2", $"{ContractAccount.Tag}={account.Prefix}"], (await TagsAsync(account, new Filter("resource-id", [volume]))).Select(tag => $"{tag.Key}={tag.Value}"));
        }),
        new("ec2-85", "Tags are found by `key`, `value`, `resource-type` and `tag:KEY`", Describe, ContractCost.Volume, async account =>
        {
            var volume = await Volumes.MakeAsync(account);
            await TagAsync(account, volume, ("wanted", "yes"));
            foreach (var filter in new[] { new Filter("key", ["wanted"]), new Filter("value", ["yes"]), new Filter("tag:wanted", ["yes"]) })
            {
                Claim.SameSet(filter.Name, ["wanted"], (await TagsAsync(account, new Filter("resource-id", [volume]), filter)).Select(tag => tag.Key));
            }

            Claim.Same("those of instances", 0, (await TagsAsync(account, new Filter("resource-id", [volume]), new Filter("resource-type", ["instance"]))).Count);
        }),
        new("ec2-86", "A resource that is not there cannot be tagged: `InvalidID`, 400", Create, ContractCost.Nothing, account =>
            Claim.RefusedAsync("InvalidID", () => TagAsync(account, "nonsense-1", ("a", "b")))),
        new("ec2-87", "Keys that begin with `aws:` are reserved: `InvalidParameterValue`, 400", "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html", ContractCost.Volume, async account =>
        {
            var volume = await Volumes.MakeAsync(account);
            await Claim.RefusedAsync("InvalidParameterValue", () => TagAsync(account, volume, ("aws:mine", "x")));
        }),
        new("ec2-88", "A filter of tags that is not there is refused: `InvalidParameterValue`, 400", Describe, ContractCost.Nothing, account =>
            Claim.RefusedAsync("InvalidParameterValue", () => TagsAsync(account, new Filter("colour", ["red"])))),
    ];

    private static Task<CreateTagsResponse> TagAsync(ContractAccount account, string resource, params IEnumerable<(string Key, string Value)> tags) =>
        account.Ec2.CreateTagsAsync(new CreateTagsRequest { Resources = [resource], Tags = [.. tags.Select(tag => new Tag(tag.Key, tag.Value))] });

    private static async Task<List<TagDescription>> TagsAsync(ContractAccount account, params IEnumerable<Filter> filters) => (await account.Ec2.DescribeTagsAsync(new DescribeTagsRequest { Filters = [.. filters] })).Tags ?? [];
}
