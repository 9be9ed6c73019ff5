using Amazon.AutoScaling.Model;
using ChaosHarness.LocalCloud.Contract.Resources;

namespace ChaosHarness.LocalCloud.Contract.AutoScaling;

/// <summary>How groups and their activities are found.</summary>
internal static class GroupLists
{
    private const string Groups = "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeAutoScalingGroups.html";
    private const string Activities = "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeScalingActivities.html";

    public static IEnumerable<ContractCase> Cases =>
    [
        new("asg-24", "Groups are found by `tag-key`, `tag-value` and `tag:KEY`", Groups, ContractCost.Group, async account =>
        {
            var name = await TaggedAsync(account, "tagged");
            foreach (var (filter, value) in new[] { ("tag-key", "kind-" + account.Prefix), ("tag-value", account.Name("tagged")), ($"tag:kind-{account.Prefix}", account.Name("tagged")) })
            {
                var found = (await account.AutoScaling.DescribeAutoScalingGroupsAsync(new DescribeAutoScalingGroupsRequest { Filters = [Filter(filter, value)] })).AutoScalingGroups.ConvertAll(group => group.AutoScalingGroupName);
                Claim.That($"{filter} finds it", found.Contains(name), string.Join(' ', found));
            }
        }),
        new("asg-25", "A group that is not there is not found, and no error", Groups, ContractCost.Nothing, async account =>
            Claim.That("it is not found", await MadeGroups.FindAsync(account, account.Name("nobody")) is null)),
        new("asg-26", "A filter of groups that is not there is refused: `ValidationError`, 400", Groups, ContractCost.Nothing, account =>
            Claim.RefusedAsync("ValidationError", () => account.AutoScaling.DescribeAutoScalingGroupsAsync(new DescribeAutoScalingGroupsRequest { Filters = [Filter("colour", "red")] }))),
        new("asg-27", "A page of more than a hundred groups is refused: `ValidationError`, 400", Groups, ContractCost.Nothing, account =>
            Claim.RefusedAsync("ValidationError", () => account.AutoScaling.DescribeAutoScalingGroupsAsync(new DescribeAutoScalingGroupsRequest { MaxRecords = 101 }))),
        new("asg-28", "A token that was never given is refused: `InvalidNextToken`, 400", Groups, ContractCost.Nothing, account =>
            Claim.RefusedAsync("InvalidNextToken", () => account.AutoScaling.DescribeAutoScalingGroupsAsync(new DescribeAutoScalingGroupsRequest { NextToken = "nonsense" }))),
        new("asg-29", "Pages of groups together have each group once", Groups, ContractCost.Group, async account =>
        {
            var made = new[] { await TaggedAsync(account, "paged-1"), await TaggedAsync(account, "paged-2"), await TaggedAsync(account, "paged-3") };
            var seen = new List<string>();
            string? next = null;
            do
            {
                var page = await account.AutoScaling.DescribeAutoScalingGroupsAsync(new DescribeAutoScalingGroupsRequest { AutoScalingGroupNames = [.. made], MaxRecords = 2, NextToken = next });
                seen.AddRange(page.AutoScalingGroups.Select(group => group.AutoScalingGroupName));
                next = page.NextToken;
            }
            while (next is not null);
            Claim.SameSet("all pages", made, seen);
        }),
        new("asg-30", "Activities are told the newest first, each with a description, a cause, a state and times", Activities, ContractCost.Group, async account =>
        {
            var name = (await account.SharedAsync(LookedAtGroup.MakeAsync)).Name;
            await account.UntilAsync("the launches are over", async () => (await ActivitiesAsync(account, name)).TrueForAll(activity => activity.StatusCode.Value == "Successful"));
            var activities = await ActivitiesAsync(account, name);
            Claim.That("they are in order", activities.Zip(activities.Skip(1)).All(pair => pair.First.StartTime >= pair.Second.StartTime));
            Claim.That("each is whole", activities.TrueForAll(activity => activity.Description.StartsWith("Launching a new EC2 instance: i-", StringComparison.Ordinal) && activity.Cause.Length > 0 && activity.EndTime >= activity.StartTime && activity.Progress == 100));
        }),
        new("asg-31", "Activities are found by their state and by when they began", Activities, ContractCost.Group, async account =>
        {
            var name = (await account.SharedAsync(LookedAtGroup.MakeAsync)).Name;
            await account.UntilAsync("the launches are over", async () => (await ActivitiesAsync(account, name, Filter("Status", "Successful"))).Count == 2);
            Claim.Same("failed ones", 0, (await ActivitiesAsync(account, name, Filter("Status", "Failed"))).Count);
            Claim.Same("those of tomorrow", 0, (await ActivitiesAsync(account, name, Filter("StartTimeLowerBound", DateTime.UtcNow.AddDays(1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)))).Count);
        }),
        new("asg-32", "Activities are found by their ids", Activities, ContractCost.Group, async account =>
        {
            var name = (await account.SharedAsync(LookedAtGroup.MakeAsync)).Name;
            var id = (await ActivitiesAsync(account, name))[0].ActivityId;
            Claim.SameSet("what is found", [id], (await account.AutoScaling.DescribeScalingActivitiesAsync(new DescribeScalingActivitiesRequest { AutoScalingGroupName = name, ActivityIds = [id] })).Activities.Select(activity => activity.ActivityId));
        }),
        new("asg-33", "Activities of a group that is not there are refused: `ValidationError`, 400", Activities, ContractCost.Nothing, account =>
            Claim.RefusedAsync("ValidationError", () => ActivitiesAsync(account, account.Name("nobody")))),
        new("asg-34", "Activities of a group that was deleted are told where that is asked for", Activities, ContractCost.Group, async account =>
        {
            var name = await MadeGroups.MakeAsync(account, "was", request => request.DesiredCapacity = 1);
            await MadeGroups.InServiceAsync(account, name, 1);
            await account.AutoScaling.DeleteAutoScalingGroupAsync(new DeleteAutoScalingGroupRequest { AutoScalingGroupName = name, ForceDelete = true });
            await account.UntilAsync("it is gone", async () => await MadeGroups.FindAsync(account, name) is null);
            Claim.That("they are told", (await account.AutoScaling.DescribeScalingActivitiesAsync(new DescribeScalingActivitiesRequest { AutoScalingGroupName = name, IncludeDeletedGroups = true })).Activities is { Count: > 0 });
        }),
        new("asg-35", "A group is described without its instances where that is asked for", Groups, ContractCost.Group, async account =>
        {
            var name = (await account.SharedAsync(LookedAtGroup.MakeAsync)).Name;
            var group = (await account.AutoScaling.DescribeAutoScalingGroupsAsync(new DescribeAutoScalingGroupsRequest { AutoScalingGroupNames = [name], IncludeInstances = false })).AutoScalingGroups.Single();
            Claim.That("there are none", group.Instances is not { Count: > 0 });
        }),
    ];

    private static Task<string> TaggedAsync(ContractAccount account, string name) => MadeGroups.MakeAsync(account, name, request => request.Tags.Add(new Tag { Key = "kind-" + account.Prefix, Value = account.Name(name) }));

    private static async Task<List<Activity>> ActivitiesAsync(ContractAccount account, string name, params IEnumerable<Filter> filters) =>
        (await account.AutoScaling.DescribeScalingActivitiesAsync(new DescribeScalingActivitiesRequest { AutoScalingGroupName = name, Filters = [.. filters] })).Activities ?? [];

    private static Filter Filter(string name, string value) => new() { Name = name, Values = [value] };
}
