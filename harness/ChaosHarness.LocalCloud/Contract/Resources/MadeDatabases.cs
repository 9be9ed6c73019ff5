using Amazon.RDS.Model;

namespace ChaosHarness.LocalCloud.Contract.Resources;

/// <summary>Databases that cases make: the smallest, removed at the end.</summary>
internal static class MadeDatabases
{
    public static CreateDBInstanceRequest Request(ContractAccount account, string name) => new()
    {
        DBInstanceIdentifier = account.Name(name),
        DBInstanceClass = "db.t3.micro",
        Engine = "postgres",
        AllocatedStorage = 20,
        MasterUsername = "keeper",
        MasterUserPassword = "s3cret-" + account.Prefix,
        BackupRetentionPeriod = 0,
        Tags = Tags(account),
    };

    public static List<Tag> Tags(ContractAccount account) => [new Tag { Key = ContractAccount.Tag, Value = account.Prefix }];

    public static async Task<DBInstance> MakeAsync(ContractAccount account, string name, Action<CreateDBInstanceRequest>? change = null)
    {
        var request = Request(account, name);
        change?.Invoke(request);
        await account.Rds.CreateDBInstanceAsync(request);
        account.OnEnd(() => RemoveAsync(account, request.DBInstanceIdentifier));
        return await AvailableAsync(account, request.DBInstanceIdentifier);
    }

    public static async Task<DBInstance> AvailableAsync(ContractAccount account, string id, string status = "available")
    {
        await account.UntilAsync($"{id} is {status}", async () => await StatusAsync(account, id) == status);
        return await OneAsync(account, id);
    }

    public static async Task<DBInstance> OneAsync(ContractAccount account, string id) => (await account.Rds.DescribeDBInstancesAsync(new DescribeDBInstancesRequest { DBInstanceIdentifier = id })).DBInstances[0];

    public static async Task<string> StatusAsync(ContractAccount account, string id) => (await OneAsync(account, id)).DBInstanceStatus;

    public static async Task RemoveAsync(ContractAccount account, string id)
    {
        try
        {
            await account.Rds.DeleteDBInstanceAsync(new DeleteDBInstanceRequest { DBInstanceIdentifier = id, SkipFinalSnapshot = true });
        }
        catch (DBInstanceNotFoundException)
        {
            // A case removed it itself.
        }
    }
}
