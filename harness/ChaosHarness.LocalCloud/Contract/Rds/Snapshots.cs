using System.Net;
using Amazon.RDS.Model;
using ChaosHarness.LocalCloud.Contract.Resources;

namespace ChaosHarness.LocalCloud.Contract.Rds;

/// <summary>Snapshots: their life, and how they are found.</summary>
internal static class Snapshots
{
    private const string Describe = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBSnapshots.html";
    private const string Create = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBSnapshot.html";

    public static IEnumerable<ContractCase> Cases =>
    [
        new("rds-66", "A snapshot is found by `db-instance-id`, `db-snapshot-id`, `dbi-resource-id`, `snapshot-type` and `engine`", Describe, ContractCost.Database, async account =>
        {
            var snapshot = (await account.SharedAsync(LookedAtDatabase.MakeAsync)).Snapshot;
            foreach (var (name, value) in new[] { ("db-instance-id", snapshot.DBInstanceIdentifier), ("db-snapshot-id", snapshot.DBSnapshotIdentifier), ("dbi-resource-id", snapshot.DbiResourceId), ("snapshot-type", "manual"), ("engine", "postgres") })
            {
                Claim.SameSet(name, [snapshot.DBSnapshotIdentifier], await FoundAsync(account, snapshot, name, value));
                Claim.SameSet(name + " of another value", [], await FoundAsync(account, snapshot, name, "another"));
            }
        }),
        new("rds-67", "A filter of snapshots that is not there is refused: `InvalidParameterValue`, 400", Describe, ContractCost.Nothing, account =>
            Claim.RefusedAsync("InvalidParameterValue", () => account.Rds.DescribeDBSnapshotsAsync(new DescribeDBSnapshotsRequest { Filters = [new Filter { Name = "colour", Values = ["red"] }] }))),
        new("rds-68", "A snapshot that is available is at 100 %, and knows its instance and its storage", Describe, ContractCost.Database, async account =>
        {
            var (instance, snapshot) = await account.SharedAsync(LookedAtDatabase.MakeAsync);
            Claim.Same("progress, resource, storage", (100, instance.DbiResourceId, 20), (snapshot.PercentProgress ?? 0, snapshot.DbiResourceId, snapshot.AllocatedStorage ?? 0));
        }),
        new("rds-69", "A snapshot whose name is taken is refused: `DBSnapshotAlreadyExists`, 400", Create, ContractCost.Database, async account =>
        {
            var (instance, snapshot) = await account.SharedAsync(LookedAtDatabase.MakeAsync);
            await Claim.RefusedAsync("DBSnapshotAlreadyExists", () => account.Rds.CreateDBSnapshotAsync(new CreateDBSnapshotRequest { DBInstanceIdentifier = instance.DBInstanceIdentifier, DBSnapshotIdentifier = snapshot.DBSnapshotIdentifier }));
        }),
        new("rds-70", "A snapshot of an instance that is not there is refused: `DBInstanceNotFound`, 404", Create, ContractCost.Nothing, account =>
            Claim.RefusedAsync("DBInstanceNotFound", () => account.Rds.CreateDBSnapshotAsync(new CreateDBSnapshotRequest { DBInstanceIdentifier = account.Name("nobody"), DBSnapshotIdentifier = account.Name("none") }), HttpStatusCode.NotFound)),
        new("rds-71", "A snapshot that is not there cannot be deleted: `DBSnapshotNotFound`, 404", "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DeleteDBSnapshot.html", ContractCost.Nothing, account =>
            Claim.RefusedAsync("DBSnapshotNotFound", () => account.Rds.DeleteDBSnapshotAsync(new DeleteDBSnapshotRequest { DBSnapshotIdentifier = account.Name("none") }), HttpStatusCode.NotFound)),
    ];

    private static async Task<IEnumerable<string>> FoundAsync(ContractAccount account, DBSnapshot snapshot, string name, string value) =>
        ((await account.Rds.DescribeDBSnapshotsAsync(new DescribeDBSnapshotsRequest { DbiResourceId = snapshot.DbiResourceId, SnapshotType = "manual", Filters = [new Filter { Name = name, Values = [value] }] })).DBSnapshots ?? []).Select(found => found.DBSnapshotIdentifier);
}
