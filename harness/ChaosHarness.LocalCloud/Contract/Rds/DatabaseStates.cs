using System.Net;
using Amazon.RDS.Model;
using ChaosHarness.LocalCloud.Contract.Resources;

namespace ChaosHarness.LocalCloud.Contract.Rds;

/// <summary>The life of an instance, and what is refused in each state.</summary>
internal static class DatabaseStates
{
    private const string States = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/accessing-monitoring.html";
    private const string Delete = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DeleteDBInstance.html";
    private const string Reboot = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RebootDBInstance.html";
    private const string Stop = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_StopInstance.html";

    public static IEnumerable<ContractCase> Cases =>
    [
        new("rds-18", "An instance is creating, has no endpoint, and is then available with one", States, ContractCost.Database, async account =>
        {
            var request = MadeDatabases.Request(account, "made");
            var made = (await account.Rds.CreateDBInstanceAsync(request)).DBInstance;
            account.OnEnd(() => MadeDatabases.RemoveAsync(account, request.DBInstanceIdentifier));
            Claim.Same("the first status and endpoint", ("creating", null), (made.DBInstanceStatus, made.Endpoint?.Address));
            await Claim.RefusedAsync("InvalidDBInstanceState", () => RebootAsync(account, request.DBInstanceIdentifier));
            var available = await MadeDatabases.AvailableAsync(account, request.DBInstanceIdentifier);
            Claim.Same("the port", 5432, available.Endpoint.Port);
            Claim.That("it is at the default port of the default subnets", available.DBSubnetGroup.DBSubnetGroupName.StartsWith("default", StringComparison.Ordinal), available.DBSubnetGroup.DBSubnetGroupName);
        }),
        new("rds-19", "A reboot is rebooting, and then available; meanwhile other changes are refused: `InvalidDBInstanceState`, 400", Reboot, ContractCost.Database, account => WorkedOnDatabase.UseAsync(account, async id =>
        {
            Claim.Same("the status", "rebooting", (await account.Rds.RebootDBInstanceAsync(new RebootDBInstanceRequest { DBInstanceIdentifier = id })).DBInstance.DBInstanceStatus);
            await Claim.RefusedAsync("InvalidDBInstanceState", () => RebootAsync(account, id));
            await Claim.RefusedAsync("InvalidDBInstanceState", () => account.Rds.StopDBInstanceAsync(new StopDBInstanceRequest { DBInstanceIdentifier = id }));
            await Claim.RefusedAsync("InvalidDBInstanceState", () => account.Rds.ModifyDBInstanceAsync(new ModifyDBInstanceRequest { DBInstanceIdentifier = id, AllocatedStorage = 40 }));
            await Claim.RefusedAsync("InvalidDBInstanceState", () => account.Rds.CreateDBSnapshotAsync(new CreateDBSnapshotRequest { DBInstanceIdentifier = id, DBSnapshotIdentifier = account.Name("refused") }));
        })),
        new("rds-20", "An instance that is stopped is stopping, then stopped, started it is starting, then available; meanwhile other changes are refused: `InvalidDBInstanceState`, 400", Stop, ContractCost.Database, account => WorkedOnDatabase.UseAsync(account, async id =>
        {
            await Claim.RefusedAsync("InvalidDBInstanceState", () => account.Rds.StartDBInstanceAsync(new StartDBInstanceRequest { DBInstanceIdentifier = id }));
            Claim.Same("the status", "stopping", (await account.Rds.StopDBInstanceAsync(new StopDBInstanceRequest { DBInstanceIdentifier = id })).DBInstance.DBInstanceStatus);
            await Claim.RefusedAsync("InvalidDBInstanceState", () => account.Rds.StartDBInstanceAsync(new StartDBInstanceRequest { DBInstanceIdentifier = id }));
            await MadeDatabases.AvailableAsync(account, id, "stopped");
            await Claim.RefusedAsync("InvalidDBInstanceState", () => RebootAsync(account, id));
            await Claim.RefusedAsync("InvalidDBInstanceState", () => account.Rds.StopDBInstanceAsync(new StopDBInstanceRequest { DBInstanceIdentifier = id }));
            await Claim.RefusedAsync("InvalidDBInstanceState", () => account.Rds.CreateDBSnapshotAsync(new CreateDBSnapshotRequest { DBInstanceIdentifier = id, DBSnapshotIdentifier = account.Name("refused") }));
            Claim.Same("the status", "starting", (await account.Rds.StartDBInstanceAsync(new StartDBInstanceRequest { DBInstanceIdentifier = id })).DBInstance.DBInstanceStatus);
            await Claim.RefusedAsync("InvalidDBInstanceState", () => RebootAsync(account, id));
        })),
        new("rds-21", "An instance in one zone cannot be failed over: `InvalidParameterCombination`, 400", Reboot, ContractCost.Database, account => WorkedOnDatabase.UseAsync(account, id =>
            Claim.RefusedAsync("InvalidParameterCombination", () => account.Rds.RebootDBInstanceAsync(new RebootDBInstanceRequest { DBInstanceIdentifier = id, ForceFailover = true })))),
        new("rds-22", "An instance without backups has no replica: `InvalidDBInstanceState`, 400", "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstanceReadReplica.html", ContractCost.Database, account => WorkedOnDatabase.UseAsync(account, id =>
            Claim.RefusedAsync("InvalidDBInstanceState", () => account.Rds.CreateDBInstanceReadReplicaAsync(new CreateDBInstanceReadReplicaRequest { DBInstanceIdentifier = account.Name("replica"), SourceDBInstanceIdentifier = id })))),
        new("rds-23", "An instance that is no replica cannot be promoted: `InvalidDBInstanceState`, 400", "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_PromoteReadReplica.html", ContractCost.Database, account => WorkedOnDatabase.UseAsync(account, id =>
            Claim.RefusedAsync("InvalidDBInstanceState", () => account.Rds.PromoteReadReplicaAsync(new PromoteReadReplicaRequest { DBInstanceIdentifier = id })))),
        new("rds-24", "Deleting needs a final snapshot, or the word that none is wanted: `InvalidParameterCombination`, 400", Delete, ContractCost.Database, account => WorkedOnDatabase.UseAsync(account, async id =>
        {
            await Claim.RefusedAsync("InvalidParameterCombination", () => account.Rds.DeleteDBInstanceAsync(new DeleteDBInstanceRequest { DBInstanceIdentifier = id }));
            await Claim.RefusedAsync("InvalidParameterCombination", () => account.Rds.DeleteDBInstanceAsync(new DeleteDBInstanceRequest { DBInstanceIdentifier = id, SkipFinalSnapshot = true, FinalDBSnapshotIdentifier = account.Name("final") }));
        })),
        new("rds-25", "An instance that is protected cannot be deleted: `InvalidParameterCombination`, 400", Delete, ContractCost.Database, account => WorkedOnDatabase.UseAsync(account, async id =>
        {
            await account.Rds.ModifyDBInstanceAsync(new ModifyDBInstanceRequest { DBInstanceIdentifier = id, DeletionProtection = true });
            await MadeDatabases.AvailableAsync(account, id);
            await Claim.RefusedAsync("InvalidParameterCombination", () => account.Rds.DeleteDBInstanceAsync(new DeleteDBInstanceRequest { DBInstanceIdentifier = id, SkipFinalSnapshot = true }));
            await account.Rds.ModifyDBInstanceAsync(new ModifyDBInstanceRequest { DBInstanceIdentifier = id, DeletionProtection = false });
        })),
        new("rds-26", "An instance that is deleted is deleting, cannot be deleted again, and is then not found", Delete, ContractCost.Database, async account =>
        {
            var id = (await MadeDatabases.MakeAsync(account, "deleted")).DBInstanceIdentifier;
            Claim.Same("the status", "deleting", (await account.Rds.DeleteDBInstanceAsync(new DeleteDBInstanceRequest { DBInstanceIdentifier = id, SkipFinalSnapshot = true })).DBInstance.DBInstanceStatus);
            await Claim.RefusedAsync("InvalidDBInstanceState", () => account.Rds.DeleteDBInstanceAsync(new DeleteDBInstanceRequest { DBInstanceIdentifier = id, SkipFinalSnapshot = true }));
            await account.UntilAsync("it is gone", async () => (await account.Rds.DescribeDBInstancesAsync(new DescribeDBInstancesRequest { Filters = [new Filter { Name = "db-instance-id", Values = [id] }] })).DBInstances is not { Count: > 0 });
            await Claim.RefusedAsync("DBInstanceNotFound", () => MadeDatabases.OneAsync(account, id), HttpStatusCode.NotFound);
        }),
        new("rds-27", "A Multi-AZ instance names the zones of its primary and its standby, and both change when it is failed over; its endpoint stays", "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZSingleStandby.html", ContractCost.Failover, async account =>
        {
            var before = await MadeDatabases.MakeAsync(account, "failed-over", request => request.MultiAZ = true);
            Claim.That("the zones differ", before.AvailabilityZone != before.SecondaryAvailabilityZone, before.SecondaryAvailabilityZone);
            await account.Rds.RebootDBInstanceAsync(new RebootDBInstanceRequest { DBInstanceIdentifier = before.DBInstanceIdentifier, ForceFailover = true });
            var after = await MadeDatabases.AvailableAsync(account, before.DBInstanceIdentifier);
            Claim.Same("the zones", (before.SecondaryAvailabilityZone, before.AvailabilityZone), (after.AvailabilityZone, after.SecondaryAvailabilityZone));
            Claim.Same("the endpoint", before.Endpoint.Address, after.Endpoint.Address);
            var told = (await account.Rds.DescribeEventsAsync(new DescribeEventsRequest { SourceIdentifier = before.DBInstanceIdentifier, SourceType = Amazon.RDS.SourceType.DbInstance, EventCategories = ["failover"] })).Events.ConvertAll(entry => entry.Message);
            Claim.That("it is told that it began and ended", told.Exists(message => message.StartsWith("Multi-AZ instance failover started", StringComparison.Ordinal)) && told.Exists(message => message.StartsWith("Multi-AZ instance failover completed", StringComparison.Ordinal)), string.Join("; ", told));
        }),
        Unknown("rds-28", "rebooted", RebootAsync),
        Unknown("rds-29", "stopped", (account, id) => account.Rds.StopDBInstanceAsync(new StopDBInstanceRequest { DBInstanceIdentifier = id })),
        Unknown("rds-30", "started", (account, id) => account.Rds.StartDBInstanceAsync(new StartDBInstanceRequest { DBInstanceIdentifier = id })),
        Unknown("rds-31", "modified", (account, id) => account.Rds.ModifyDBInstanceAsync(new ModifyDBInstanceRequest { DBInstanceIdentifier = id, AllocatedStorage = 30 })),
        Unknown("rds-32", "deleted", (account, id) => account.Rds.DeleteDBInstanceAsync(new DeleteDBInstanceRequest { DBInstanceIdentifier = id, SkipFinalSnapshot = true })),
    ];

    private static ContractCase Unknown(string id, string what, Func<ContractAccount, string, Task> call) => new(id, $"An instance that is not there cannot be {what}: `DBInstanceNotFound`, 404", States, ContractCost.Nothing, account =>
        Claim.RefusedAsync("DBInstanceNotFound", () => call(account, account.Name("nobody")), HttpStatusCode.NotFound));

    private static Task RebootAsync(ContractAccount account, string id) => account.Rds.RebootDBInstanceAsync(new RebootDBInstanceRequest { DBInstanceIdentifier = id });
}
