using System.Net;
using Amazon.RDS.Model;
using ChaosHarness.LocalCloud.Contract.Resources;

namespace ChaosHarness.LocalCloud.Contract.Rds;

/// <summary>Restores that cannot be.</summary>
internal static class Restores
{
    private const string PointInTime = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBInstanceToPointInTime.html";
    private const string FromSnapshot = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBInstanceFromDBSnapshot.html";

    public static IEnumerable<ContractCase> Cases =>
    [
        Refused("rds-72", "A time to be restored to, and the latest: one of the two: `InvalidParameterCombination`, 400", "InvalidParameterCombination", request => (request.RestoreTime, request.UseLatestRestorableTime) = (DateTime.UtcNow, true)),
        Refused("rds-73", "A time that has not come is refused: `InvalidParameterValue`, 400", "InvalidParameterValue|InvalidRestoreFault", request => request.RestoreTime = DateTime.UtcNow.AddHours(2)),
        Refused("rds-74", "A time before the first backup is refused: `InvalidParameterValue`, 400", "InvalidParameterValue|InvalidRestoreFault", request => request.RestoreTime = DateTime.UtcNow.AddDays(-2)),
        Refused("rds-75", "An instance is not restored over one that is there: `DBInstanceAlreadyExists`, 400", "DBInstanceAlreadyExists", request => (request.TargetDBInstanceIdentifier, request.UseLatestRestorableTime) = (request.SourceDBInstanceIdentifier, true)),
        new("rds-76", "An instance without backups cannot be restored to a time: `PointInTimeRestoreNotEnabled`, 400", PointInTime, ContractCost.Database, account => WorkedOnDatabase.UseAsync(account, id =>
            Claim.RefusedAsync("PointInTimeRestoreNotEnabled|InvalidDBInstanceState", () => account.Rds.RestoreDBInstanceToPointInTimeAsync(new RestoreDBInstanceToPointInTimeRequest { SourceDBInstanceIdentifier = id, TargetDBInstanceIdentifier = account.Name("never"), UseLatestRestorableTime = true })))),
        new("rds-77", "A snapshot that is not there cannot be restored: `DBSnapshotNotFound`, 404", FromSnapshot, ContractCost.Nothing, account =>
            Claim.RefusedAsync("DBSnapshotNotFound", () => account.Rds.RestoreDBInstanceFromDBSnapshotAsync(new RestoreDBInstanceFromDBSnapshotRequest { DBInstanceIdentifier = account.Name("never"), DBSnapshotIdentifier = account.Name("none") }), HttpStatusCode.NotFound)),
    ];

    private static ContractCase Refused(string id, string behaviour, string code, Action<RestoreDBInstanceToPointInTimeRequest> change) => new(id, behaviour, PointInTime, ContractCost.Database, async account =>
    {
        var request = new RestoreDBInstanceToPointInTimeRequest { SourceDBInstanceIdentifier = (await account.SharedAsync(LookedAtDatabase.MakeAsync)).Instance.DBInstanceIdentifier, TargetDBInstanceIdentifier = account.Name("never") };
        change(request);
        await Claim.RefusedAsync(code, () => account.Rds.RestoreDBInstanceToPointInTimeAsync(request));
    });
}
