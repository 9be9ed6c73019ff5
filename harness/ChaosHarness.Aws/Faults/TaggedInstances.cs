using Amazon.EC2.Model;
using Amazon.FIS.Model;
using ChaosHarness.Aws.Accounts;
using ChaosHarness.Aws.Templates;

namespace ChaosHarness.Aws.Faults;

/// <summary>Counts the fleet that a target is a part of.</summary>
internal static class TaggedInstances
{
    /// <returns>How many instances that serve have the tags of the target, whatever its filters leave of them; 0 when it is not of instances, or not narrowed.</returns>
    public static async Task<int> CountAsync(AwsAccount account, CreateExperimentTemplateTargetInput target, CancellationToken cancellationToken)
    {
        if (target.ResourceType != FisCatalogue.Instance || target.ResourceTags is not { Count: > 0 } tags || (target.Filters is not { Count: > 0 } && target.Parameters is not { Count: > 0 }))
        {
            return 0;
        }

        var count = 0;
        string? next = null;
        do
        {
            var page = await account.Ec2.DescribeInstancesAsync(
                new DescribeInstancesRequest { Filters = [.. tags.Select(tag => new Amazon.EC2.Model.Filter("tag:" + tag.Key, [tag.Value]))], NextToken = next },
                cancellationToken).ConfigureAwait(false);
            count += (page.Reservations ?? []).SelectMany(reservation => reservation.Instances ?? []).Count(instance => DeadTargets.Serves(instance.State.Name.Value));
            next = page.NextToken;
        }
        while (!string.IsNullOrEmpty(next));
        return count;
    }
}
