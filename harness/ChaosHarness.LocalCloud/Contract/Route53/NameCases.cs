using System.Net;
using Amazon.Route53;
using Amazon.Route53.Model;

namespace ChaosHarness.LocalCloud.Contract.Route53;

/// <summary>Hosted zones, records and health checks. A zone that is deleted within twelve hours costs nothing.</summary>
internal static class NameCases
{
    private const string Change = "https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html";
    private const string Check = "https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateHealthCheck.html";

    public static IEnumerable<ContractCase> Cases =>
    [
        new("r53-01", "A zone is made once for a caller reference: `HostedZoneAlreadyExists`, 409", "https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateHostedZone.html", ContractCost.Nothing, async account =>
        {
            var request = new CreateHostedZoneRequest { Name = account.Name("once") + ".example", CallerReference = account.Name("once") };
            var made = (await account.Account.Route53.CreateHostedZoneAsync(request)).HostedZone;
            account.OnEnd(() => account.Account.Route53.DeleteHostedZoneAsync(new DeleteHostedZoneRequest { Id = made.Id }));
            Claim.That("its id has the kind before it", made.Id.StartsWith("/hostedzone/Z", StringComparison.Ordinal), made.Id);
            Claim.Same("its name", request.Name + ".", made.Name);
            await Claim.RefusedAsync("HostedZoneAlreadyExists", () => account.Account.Route53.CreateHostedZoneAsync(request), HttpStatusCode.Conflict);
        }),
        new("r53-02", "A change is pending, and in sync a while later", "https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetChange.html", ContractCost.Nothing, async account =>
        {
            var zone = await ZoneAsync(account, "changed");
            var change = await ChangeAsync(account, zone.Id, ChangeAction.UPSERT, Record("a." + zone.Name));
            Claim.Same("the status", "PENDING", change.Status.Value);
            await account.UntilAsync("it is in sync", async () => (await account.Account.Route53.GetChangeAsync(new GetChangeRequest { Id = change.Id })).ChangeInfo.Status == ChangeStatus.INSYNC);
        }),
        new("r53-03", "A record that is there is not created again, and one that is not there not deleted: `InvalidChangeBatch`, 400; and nothing else of the batch is done", Change, ContractCost.Nothing, async account =>
        {
            var zone = await ZoneAsync(account, "batch");
            await ChangeAsync(account, zone.Id, ChangeAction.CREATE, Record("a." + zone.Name));
            await Claim.RefusedAsync("InvalidChangeBatch", () => ChangeAsync(account, zone.Id, ChangeAction.CREATE, Record("b." + zone.Name), Record("a." + zone.Name)));
            await Claim.RefusedAsync("InvalidChangeBatch", () => ChangeAsync(account, zone.Id, ChangeAction.DELETE, Record("c." + zone.Name)));
            var listed = (await account.Account.Route53.ListResourceRecordSetsAsync(new ListResourceRecordSetsRequest { HostedZoneId = zone.Id })).ResourceRecordSets;
            Claim.SameSet("the records", ["a." + zone.Name], listed.Where(record => record.Type == RRType.A).Select(record => record.Name));
        }),
        new("r53-04", "A record outside of its zone is refused: `InvalidChangeBatch`, 400", Change, ContractCost.Nothing, async account =>
            await Claim.RefusedAsync("InvalidChangeBatch", async () => await ChangeAsync(account, (await ZoneAsync(account, "outside")).Id, ChangeAction.CREATE, Record("a.elsewhere.example")))),
        new("r53-05", "A zone with records is not deleted: `HostedZoneNotEmpty`, 400", "https://docs.aws.amazon.com/Route53/latest/APIReference/API_DeleteHostedZone.html", ContractCost.Nothing, async account =>
        {
            var zone = await ZoneAsync(account, "full");
            await ChangeAsync(account, zone.Id, ChangeAction.CREATE, Record("a." + zone.Name));
            await Claim.RefusedAsync("HostedZoneNotEmpty", () => account.Account.Route53.DeleteHostedZoneAsync(new DeleteHostedZoneRequest { Id = zone.Id }));
        }),
        new("r53-06", "A health check is made once for a caller reference, and another for it is refused: `HealthCheckAlreadyExists`, 409", Check, ContractCost.Objects, async account =>
        {
            var made = await CheckAsync(account, "checked", "192.0.2.1");
            Claim.Same("the same check", made.Id, (await CheckAsync(account, "checked", "192.0.2.1")).Id);
            await Claim.RefusedAsync("HealthCheckAlreadyExists", () => CheckAsync(account, "checked", "192.0.2.2"), HttpStatusCode.Conflict);
        }),
        new("r53-07", "A health check of which nothing is known is refused: `NoSuchHealthCheck`, 404", "https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetHealthCheck.html", ContractCost.Nothing, account =>
            Claim.RefusedAsync("NoSuchHealthCheck", () => account.Account.Route53.GetHealthCheckAsync(new GetHealthCheckRequest { HealthCheckId = Guid.NewGuid().ToString() }), HttpStatusCode.NotFound)),
        new("r53-08", "A health check is changed in the version that is there: `HealthCheckVersionMismatch`, 409", "https://docs.aws.amazon.com/Route53/latest/APIReference/API_UpdateHealthCheck.html", ContractCost.Objects, async account =>
        {
            var made = await CheckAsync(account, "versions", "192.0.2.3");
            Claim.Same("the version", 1L, made.HealthCheckVersion);
            await account.Account.Route53.UpdateHealthCheckAsync(new UpdateHealthCheckRequest { HealthCheckId = made.Id, HealthCheckVersion = 1, FailureThreshold = 5 });
            await Claim.RefusedAsync("HealthCheckVersionMismatch", () => account.Account.Route53.UpdateHealthCheckAsync(new UpdateHealthCheckRequest { HealthCheckId = made.Id, HealthCheckVersion = 1, FailureThreshold = 6 }), HttpStatusCode.Conflict);
        }),
    ];

    private static async Task<HostedZone> ZoneAsync(ContractAccount account, string name)
    {
        var zone = (await account.Account.Route53.CreateHostedZoneAsync(new CreateHostedZoneRequest { Name = account.Name(name) + ".example", CallerReference = account.Name(name) })).HostedZone;
        account.OnEnd(async () =>
        {
            var records = (await account.Account.Route53.ListResourceRecordSetsAsync(new ListResourceRecordSetsRequest { HostedZoneId = zone.Id })).ResourceRecordSets ?? [];
            if (records.Where(record => record.Type == RRType.A).ToList() is { Count: > 0 } left)
            {
                await ChangeAsync(account, zone.Id, ChangeAction.DELETE, [.. left]);
            }

            await account.Account.Route53.DeleteHostedZoneAsync(new DeleteHostedZoneRequest { Id = zone.Id });
        });
        return zone;
    }

    private static async Task<ChangeInfo> ChangeAsync(ContractAccount account, string zone, ChangeAction action, params IReadOnlyList<ResourceRecordSet> records) => (await account.Account.Route53.ChangeResourceRecordSetsAsync(new ChangeResourceRecordSetsRequest
    {
        HostedZoneId = zone,
        ChangeBatch = new ChangeBatch { Changes = [.. records.Select(record => new Change { Action = action, ResourceRecordSet = record })] },
    })).ChangeInfo;

    private static ResourceRecordSet Record(string name) => new() { Name = name, Type = RRType.A, TTL = 60, ResourceRecords = [new ResourceRecord { Value = "192.0.2.9" }] };

    private static async Task<HealthCheck> CheckAsync(ContractAccount account, string name, string address)
    {
        var made = (await account.Account.Route53.CreateHealthCheckAsync(new CreateHealthCheckRequest
        {
            CallerReference = account.Name(name),
            HealthCheckConfig = new HealthCheckConfig { Type = HealthCheckType.TCP, IPAddress = address, Port = 80, RequestInterval = 30, FailureThreshold = 3 },
        })).HealthCheck;
        account.OnEnd(async () =>
        {
            try
            {
                await account.Account.Route53.DeleteHealthCheckAsync(new DeleteHealthCheckRequest { HealthCheckId = made.Id });
            }
            catch (NoSuchHealthCheckException)
            {
                // The same check was made twice.
            }
        });
        return made;
    }
}
