using System.Net;
using Amazon.RDS.Model;
using ChaosHarness.LocalCloud.Contract.Resources;

namespace ChaosHarness.LocalCloud.Contract.Rds;

/// <summary>How instances and automated backups are found, and their pages.</summary>
internal static class DatabaseFilters
{
    private const string Instances = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBInstances.html";
    private const string Backups = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBInstanceAutomatedBackups.html";

    public static IEnumerable<ContractCase> Cases =>
    [
        Found("rds-43", "`db-instance-id`", database => [("db-instance-id", database.Instance.DBInstanceIdentifier)]),
        Found("rds-44", "`db-instance-id` with an ARN", database => [("db-instance-id", database.Instance.DBInstanceArn)]),
        Found("rds-45", "`dbi-resource-id`", database => [("dbi-resource-id", database.Instance.DbiResourceId)]),
        Found("rds-46", "`engine` and another filter", database => [("engine", "postgres"), ("db-instance-id", database.Instance.DBInstanceIdentifier)]),
        new("rds-47", "A filter that fits nothing finds nothing, and is no error", Instances, ContractCost.Nothing, async account =>
            Claim.Same("what is found", 0, (await FindAsync(account, ("db-instance-id", account.Name("nobody")))).Count)),
        new("rds-48", "A filter by domain finds none that is in no domain", Instances, ContractCost.Database, async account =>
        {
            var database = await account.SharedAsync(LookedAtDatabase.MakeAsync);
            Claim.Same("what is found", 0, (await FindAsync(account, ("db-instance-id", database.Instance.DBInstanceIdentifier), ("domain", "d-1234567890"))).Count);
        }),
        new("rds-49", "A filter that is not there is refused: `InvalidParameterValue`, 400", Instances, ContractCost.Nothing, account =>
            Claim.RefusedAsync("InvalidParameterValue", () => FindAsync(account, ("colour", "red")))),
        new("rds-50", "An instance is found by its identifier in whatever case it is written", Instances, ContractCost.Database, async account =>
        {
            var database = await account.SharedAsync(LookedAtDatabase.MakeAsync);
            Claim.Same("what is found", database.Instance.DBInstanceIdentifier, (await MadeDatabases.OneAsync(account, database.Instance.DBInstanceIdentifier.ToUpperInvariant())).DBInstanceIdentifier);
        }),
        new("rds-51", "An instance that is not there is an error: `DBInstanceNotFound`, 404", Instances, ContractCost.Nothing, account =>
            Claim.RefusedAsync("DBInstanceNotFound", () => MadeDatabases.OneAsync(account, account.Name("nobody")), HttpStatusCode.NotFound)),
        PageRefused("rds-52", "A page has at least 20 instances", 19),
        PageRefused("rds-53", "A page has at most 100 instances", 101),
        SmallPage("rds-86", "snapshots", "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBSnapshots.html", account => account.Rds.DescribeDBSnapshotsAsync(new DescribeDBSnapshotsRequest { MaxRecords = 19 })),
        SmallPage("rds-87", "clusters", "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBClusters.html", account => account.Rds.DescribeDBClustersAsync(new DescribeDBClustersRequest { MaxRecords = 19 })),
        SmallPage("rds-88", "automated backups", Backups, account => account.Rds.DescribeDBInstanceAutomatedBackupsAsync(new DescribeDBInstanceAutomatedBackupsRequest { MaxRecords = 19 })),
        new("rds-54", "A marker that was never given is refused: `InvalidParameterValue`, 400", Instances, ContractCost.Nothing, account =>
            Claim.RefusedAsync("InvalidParameterValue", () => account.Rds.DescribeDBInstancesAsync(new DescribeDBInstancesRequest { Marker = "nonsense" }))),
        new("rds-55", "An instance carries its tags, and more that are added, the last of a key", "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_AddTagsToResource.html", ContractCost.Database, async account =>
        {
            var arn = (await account.SharedAsync(LookedAtDatabase.MakeAsync)).Instance.DBInstanceArn;
            await account.Rds.AddTagsToResourceAsync(new AddTagsToResourceRequest { ResourceName = arn, Tags = [new Tag { Key = "a", Value = "1" }] });
            await account.Rds.AddTagsToResourceAsync(new AddTagsToResourceRequest { ResourceName = arn, Tags = [new Tag { Key = "a", Value = "2" }] });
            Claim.SameSet("the tags", ["a=2", $"{ContractAccount.Tag}={account.Prefix}"], (await account.Rds.ListTagsForResourceAsync(new ListTagsForResourceRequest { ResourceName = arn })).TagList.Select(tag => $"{tag.Key}={tag.Value}"));
        }),
        new("rds-56", "Tags of a resource that is not there are an error: `DBInstanceNotFound`, 404", "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ListTagsForResource.html", ContractCost.Database, async account =>
        {
            var arn = (await account.SharedAsync(LookedAtDatabase.MakeAsync)).Instance.DBInstanceArn;
            await Claim.RefusedAsync("DBInstanceNotFound", () => account.Rds.ListTagsForResourceAsync(new ListTagsForResourceRequest { ResourceName = arn + "x" }), HttpStatusCode.NotFound);
        }),
        new("rds-57", "Automated backups are found by `db-instance-id`, `dbi-resource-id` and `status`", Backups, ContractCost.Database, async account =>
        {
            var instance = (await account.SharedAsync(LookedAtDatabase.MakeAsync)).Instance;
            foreach (var (name, value) in new[] { ("db-instance-id", instance.DBInstanceIdentifier), ("dbi-resource-id", instance.DbiResourceId), ("status", "active") })
            {
                Claim.Same(name, instance.DbiResourceId, (await BackupsAsync(account, instance, name, value)).SingleOrDefault()?.DbiResourceId);
            }

            Claim.Same("retained ones", 0, (await BackupsAsync(account, instance, "status", "retained")).Count);
        }),
        new("rds-58", "A filter of automated backups that is not there is refused: `InvalidParameterValue`, 400", Backups, ContractCost.Nothing, account =>
            Claim.RefusedAsync("InvalidParameterValue", () => account.Rds.DescribeDBInstanceAutomatedBackupsAsync(new DescribeDBInstanceAutomatedBackupsRequest { Filters = [Filter("colour", "red")] }))),
    ];

    private static ContractCase Found(string id, string by, Func<LookedAtDatabase, (string, string)[]> filters) => new(id, $"Instances are found by {by}", Instances, ContractCost.Database, async account =>
    {
        var database = await account.SharedAsync(LookedAtDatabase.MakeAsync);
        Claim.SameSet("what is found", [database.Instance.DBInstanceIdentifier], (await FindAsync(account, filters(database))).Select(instance => instance.DBInstanceIdentifier));
    });

    private static ContractCase SmallPage(string id, string what, string source, Func<ContractAccount, Task> call) => new(id, $"A page of fewer than 20 {what} is refused: `InvalidParameterValue`, 400", source, ContractCost.Nothing, account =>
        Claim.RefusedAsync("InvalidParameterValue", () => call(account)));

    private static ContractCase PageRefused(string id, string behaviour, int size) => new(id, $"{behaviour}: `InvalidParameterValue`, 400", Instances, ContractCost.Nothing, account =>
        Claim.RefusedAsync("InvalidParameterValue", () => account.Rds.DescribeDBInstancesAsync(new DescribeDBInstancesRequest { MaxRecords = size })));

    private static async Task<List<DBInstanceAutomatedBackup>> BackupsAsync(ContractAccount account, DBInstance instance, string name, string value) =>
        (await account.Rds.DescribeDBInstanceAutomatedBackupsAsync(new DescribeDBInstanceAutomatedBackupsRequest { DbiResourceId = instance.DbiResourceId, Filters = [Filter(name, value)] })).DBInstanceAutomatedBackups ?? [];

    private static async Task<List<DBInstance>> FindAsync(ContractAccount account, params IEnumerable<(string Name, string Value)> filters) =>
        (await account.Rds.DescribeDBInstancesAsync(new DescribeDBInstancesRequest { Filters = [.. filters.Select(filter => Filter(filter.Name, filter.Value))] })).DBInstances ?? [];

    private static Filter Filter(string name, string value) => new() { Name = name, Values = [value] };
}
