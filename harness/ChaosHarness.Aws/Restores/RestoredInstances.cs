using System.Net;
using Amazon.RDS;
using Amazon.RDS.Model;
using ChaosHarness.Aws.Accounts;

namespace ChaosHarness.Aws.Restores;

/// <summary>Instances that restores made, told from all others by a tag.</summary>
internal static class RestoredInstances
{
    /// <summary>The tag by which an instance is known to be of a restore, with its token.</summary>
    public const string Tag = "chaosharness:restore";

    /// <summary>An instance; null when there is none of that name.</summary>
    public static async Task<DBInstance?> FindAsync(AwsAccount account, string id, CancellationToken cancellationToken)
    {
        try
        {
            return (await account.Rds.DescribeDBInstancesAsync(new DescribeDBInstancesRequest { DBInstanceIdentifier = id }, cancellationToken).ConfigureAwait(false)).DBInstances[0];
        }
        catch (AmazonRDSException exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>
    /// Deletes a restored instance, and returns when RDS is deleting it or there is none. One that is still being made is waited for; one that does not carry
    /// the token is somebody else's, and stays.
    /// </summary>
    public static async Task DeleteAsync(AwsAccount account, string id, string token, CancellationToken cancellationToken)
    {
        while (await FindAsync(account, id, cancellationToken).ConfigureAwait(false) is { } instance && instance.DBInstanceStatus != "deleting" && IsOf(instance, token))
        {
            try
            {
                await account.Rds.DeleteDBInstanceAsync(new DeleteDBInstanceRequest { DBInstanceIdentifier = id, SkipFinalSnapshot = true, DeleteAutomatedBackups = true }, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (InvalidDBInstanceStateException)
            {
                // Something is being done with it: it can be deleted when that is over.
                await Task.Delay(account.PollInterval, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public static bool IsOf(DBInstance instance, string token) => (instance.TagList ?? []).Exists(tag => tag.Key == Tag && tag.Value == token);
}
