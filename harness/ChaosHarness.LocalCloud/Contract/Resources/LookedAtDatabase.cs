using Amazon.RDS.Model;

namespace ChaosHarness.LocalCloud.Contract.Resources;

/// <summary>A Multi-AZ database with a snapshot and an automated backup, for cases that only look at it.</summary>
internal sealed record LookedAtDatabase(DBInstance Instance, DBSnapshot Snapshot)
{
    public static async Task<LookedAtDatabase> MakeAsync(ContractAccount account)
    {
        var instance = await MadeDatabases.MakeAsync(account, "looked-at", request => (request.MultiAZ, request.BackupRetentionPeriod) = (true, 1));
        var id = account.Name("snapshot");
        await account.Rds.CreateDBSnapshotAsync(new CreateDBSnapshotRequest { DBInstanceIdentifier = instance.DBInstanceIdentifier, DBSnapshotIdentifier = id, Tags = MadeDatabases.Tags(account) });
        account.OnEnd(() => account.Rds.DeleteDBSnapshotAsync(new DeleteDBSnapshotRequest { DBSnapshotIdentifier = id }));
        await account.UntilAsync("the snapshot is available", async () => (await SnapshotAsync(account, id)).Status == "available");
        return new LookedAtDatabase(await MadeDatabases.AvailableAsync(account, instance.DBInstanceIdentifier), await SnapshotAsync(account, id));
    }

    private static async Task<DBSnapshot> SnapshotAsync(ContractAccount account, string id) => (await account.Rds.DescribeDBSnapshotsAsync(new DescribeDBSnapshotsRequest { DBSnapshotIdentifier = id })).DBSnapshots[0];
}
