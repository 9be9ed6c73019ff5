using Amazon.RDS.Model;
using ChaosHarness.LocalCloud.Contract.Resources;

namespace ChaosHarness.LocalCloud.Contract.Rds;

/// <summary>Databases that cannot be made as they are asked for.</summary>
internal static class DatabaseValidation
{
    private const string Create = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html";

    public static IEnumerable<ContractCase> Cases =>
    [
        Refused("rds-01", "An identifier begins with a letter", "InvalidParameterValue", request => request.DBInstanceIdentifier = "9lives"),
        Refused("rds-02", "An identifier has no two hyphens in a row", "InvalidParameterValue", request => request.DBInstanceIdentifier = "two--hyphens"),
        Refused("rds-03", "An identifier does not end with a hyphen", "InvalidParameterValue", request => request.DBInstanceIdentifier = "ends-"),
        Refused("rds-04", "An identifier has 63 characters at most", "InvalidParameterValue", request => request.DBInstanceIdentifier = new string('a', 64)),
        Refused("rds-05", "A password has at least eight characters", "InvalidParameterValue", request => request.MasterUserPassword = "short"),
        Refused("rds-06", "A password has no `/`, `\"`, `@` or space", "InvalidParameterValue", request => request.MasterUserPassword = "with a space"),
        Refused("rds-07", "A user whose name the engine reserves is refused", "InvalidParameterValue", request => request.MasterUsername = "rdsadmin"),
        Refused("rds-08", "The name of the user begins with a letter", "InvalidParameterValue", request => request.MasterUsername = "1keeper"),
        Refused("rds-09", "A port is 1150 to 65535", "InvalidParameterValue", request => request.Port = 1149),
        Refused("rds-10", "Backups are kept for 35 days at most", "InvalidParameterValue", request => request.BackupRetentionPeriod = 36),
        Refused("rds-11", "A Multi-AZ instance is in no zone of one's choice", "InvalidParameterCombination", request => (request.MultiAZ, request.AvailabilityZone) = (true, "us-east-1a")),
        Refused("rds-12", "An engine that is none is refused", "InvalidParameterValue", request => request.Engine = "papyrus"),
        Refused("rds-13", "A class of instance that is none is refused", "InvalidParameterValue", request => request.DBInstanceClass = "tiny"),
        Refused("rds-14", "A maintenance window has a day and a time for its beginning and its end", "InvalidParameterValue", request => request.PreferredMaintenanceWindow = "sundays"),
        Refused("rds-15", "A maintenance window has at least 30 minutes", "InvalidParameterValue", request => request.PreferredMaintenanceWindow = "sun:05:00-sun:05:29"),
        Refused("rds-16", "An instance has to have an identifier", "MissingParameter", request => request.DBInstanceIdentifier = null),
        new("rds-17", "An identifier that is taken is refused, in whatever case it is written: `DBInstanceAlreadyExists`, 400", Create, ContractCost.Database, async account =>
        {
            var request = MadeDatabases.Request(account, "looked-at");
            await account.SharedAsync(LookedAtDatabase.MakeAsync);
            request.DBInstanceIdentifier = request.DBInstanceIdentifier.ToUpperInvariant();
            await Claim.RefusedAsync("DBInstanceAlreadyExists", () => account.Rds.CreateDBInstanceAsync(request));
        }),
    ];

    private static ContractCase Refused(string id, string behaviour, string code, Action<CreateDBInstanceRequest> change) => new(id, $"{behaviour}: `{code}`, 400", Create, ContractCost.Nothing, account =>
    {
        var request = MadeDatabases.Request(account, "refused");
        change(request);
        return Claim.RefusedAsync(code, async () =>
        {
            await account.Rds.CreateDBInstanceAsync(request);
            account.OnEnd(() => MadeDatabases.RemoveAsync(account, request.DBInstanceIdentifier));
        });
    });
}
