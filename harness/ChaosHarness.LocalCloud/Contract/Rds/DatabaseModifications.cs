using System.Globalization;
using Amazon.RDS.Model;
using ChaosHarness.LocalCloud.Contract.Resources;

namespace ChaosHarness.LocalCloud.Contract.Rds;

/// <summary>What is changed at once, and what waits for the maintenance window.</summary>
internal static class DatabaseModifications
{
    private const string Modify = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html";
    private const string Immediately = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ModifyInstance.ApplyImmediately.html";

    public static IEnumerable<ContractCase> Cases =>
    [
        new("rds-33", "A change of class waits for the maintenance window, and is told as pending", Immediately, ContractCost.Database, account => WorkedOnDatabase.UseAsync(account, async id =>
        {
            var modified = (await ModifyAsync(account, id, request => request.DBInstanceClass = "db.t3.small")).DBInstance;
            Claim.Same("class and what is pending", ("db.t3.micro", "db.t3.small"), (modified.DBInstanceClass, modified.PendingModifiedValues.DBInstanceClass));
            Claim.Same("the status", "available", modified.DBInstanceStatus);
            await BackAsync(account, id);
        })),
        new("rds-34", "With `ApplyImmediately` a change is made at once, in the status modifying, and nothing is pending afterwards", Immediately, ContractCost.Database, account => WorkedOnDatabase.UseAsync(account, async id =>
        {
            var modified = (await ModifyAsync(account, id, request => (request.DBInstanceClass, request.ApplyImmediately) = ("db.t3.medium", true))).DBInstance;
            Claim.Same("what is pending at first", "db.t3.medium", modified.PendingModifiedValues.DBInstanceClass);
            await account.UntilAsync("its class is the new one", async () => (await MadeDatabases.AvailableAsync(account, id)).DBInstanceClass == "db.t3.medium");
            Claim.Same("what is pending", null, (await MadeDatabases.OneAsync(account, id)).PendingModifiedValues?.DBInstanceClass);
            await BackAsync(account, id);
        })),
        new("rds-35", "What waits is done as well when another change is made at once", Immediately, ContractCost.Database, account => WorkedOnDatabase.UseAsync(account, async id =>
        {
            await ModifyAsync(account, id, request => request.DBInstanceClass = "db.t3.large");
            await ModifyAsync(account, id, request => (request.BackupRetentionPeriod, request.ApplyImmediately) = (0, true));
            await account.UntilAsync("its class is the new one", async () => (await MadeDatabases.AvailableAsync(account, id)).DBInstanceClass == "db.t3.large");
            await BackAsync(account, id);
        })),
        new("rds-36", "What waits is done when the maintenance window is moved to now", Modify, ContractCost.Failover, account => WorkedOnDatabase.UseAsync(account, async id =>
        {
            var window = (await MadeDatabases.OneAsync(account, id)).PreferredMaintenanceWindow;
            await ModifyAsync(account, id, request => request.DBInstanceClass = "db.t3.xlarge");
            var now = DateTime.UtcNow.AddMinutes(account.IsAws ? 2 : -1);
            await ModifyAsync(account, id, request => request.PreferredMaintenanceWindow = Window(now));
            await account.UntilAsync("its class is the new one", async () => (await MadeDatabases.OneAsync(account, id)).DBInstanceClass == "db.t3.xlarge");
            await MadeDatabases.AvailableAsync(account, id);
            await ModifyAsync(account, id, request => request.PreferredMaintenanceWindow = window);
            await BackAsync(account, id);
        })),
        new("rds-37", "A change to Multi-AZ waits too", Immediately, ContractCost.Database, account => WorkedOnDatabase.UseAsync(account, async id =>
        {
            var modified = (await ModifyAsync(account, id, request => request.MultiAZ = true)).DBInstance;
            Claim.Same("Multi-AZ and what is pending", ((bool?)false, (bool?)true), (modified.MultiAZ, modified.PendingModifiedValues.MultiAZ));
            // What is asked for last counts.
            await ModifyAsync(account, id, request => request.MultiAZ = false);
        })),
        new("rds-38", "Protection against deletion is changed at once, whatever is asked for", Immediately, ContractCost.Database, account => WorkedOnDatabase.UseAsync(account, async id =>
        {
            await ModifyAsync(account, id, request => (request.DeletionProtection, request.ApplyImmediately) = (true, false));
            await account.UntilAsync("it is protected", async () => (await MadeDatabases.OneAsync(account, id)).DeletionProtection is true);
            await MadeDatabases.AvailableAsync(account, id);
            await ModifyAsync(account, id, request => request.DeletionProtection = false);
        })),
        new("rds-39", "A new password is set at once, whatever is asked for, and is shown to nobody", Immediately, ContractCost.Database, account => WorkedOnDatabase.UseAsync(account, async id =>
        {
            var modified = (await ModifyAsync(account, id, request => (request.MasterUserPassword, request.ApplyImmediately) = ("an0ther-" + account.Prefix, false))).DBInstance;
            Claim.Same("the password that is shown", "****", modified.PendingModifiedValues?.MasterUserPassword);
            await account.UntilAsync("it is set", async () => (await MadeDatabases.AvailableAsync(account, id)).PendingModifiedValues?.MasterUserPassword is null);
        })),
        new("rds-40", "Storage does not shrink: `InvalidParameterCombination`, 400", Modify, ContractCost.Database, account => WorkedOnDatabase.UseAsync(account, id =>
            Claim.RefusedAsync("InvalidParameterCombination", () => ModifyAsync(account, id, request => request.AllocatedStorage = 10)))),
        new("rds-41", "A password that cannot be is refused: `InvalidParameterValue`, 400", Modify, ContractCost.Database, account => WorkedOnDatabase.UseAsync(account, id =>
            Claim.RefusedAsync("InvalidParameterValue", () => ModifyAsync(account, id, request => request.MasterUserPassword = "short")))),
        new("rds-42", "A window that is none is refused: `InvalidParameterValue`, 400", Modify, ContractCost.Database, account => WorkedOnDatabase.UseAsync(account, id =>
            Claim.RefusedAsync("InvalidParameterValue", () => ModifyAsync(account, id, request => request.PreferredMaintenanceWindow = "sun:25:00-sun:26:00")))),
    ];

    private static string Window(DateTime from) => string.Create(CultureInfo.InvariantCulture, $"{Side(from)}-{Side(from.AddMinutes(40))}");

    private static string Side(DateTime time) => string.Create(CultureInfo.InvariantCulture, $"{time.DayOfWeek.ToString()[..3].ToLowerInvariant()}:{time:HH:mm}");

    private static async Task BackAsync(ContractAccount account, string id)
    {
        await ModifyAsync(account, id, request => (request.DBInstanceClass, request.ApplyImmediately) = ("db.t3.micro", true));
        await account.UntilAsync("its class is the old one again", async () => await MadeDatabases.OneAsync(account, id) is { DBInstanceClass: "db.t3.micro", DBInstanceStatus: "available" } instance && instance.PendingModifiedValues?.DBInstanceClass is null);
    }

    private static Task<ModifyDBInstanceResponse> ModifyAsync(ContractAccount account, string id, Action<ModifyDBInstanceRequest> change)
    {
        var request = new ModifyDBInstanceRequest { DBInstanceIdentifier = id };
        change(request);
        return account.Rds.ModifyDBInstanceAsync(request);
    }
}
