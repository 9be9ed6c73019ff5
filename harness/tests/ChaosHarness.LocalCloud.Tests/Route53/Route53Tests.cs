using System.Net;
using Amazon.Route53;
using Amazon.Route53.Model;
using ChaosHarness.LocalCloud.Names;

namespace ChaosHarness.LocalCloud.Tests.Route53;

/// <summary>Names that users make, and health checks that decide where they lead.</summary>
public sealed class Route53Tests : CloudTests
{
    private string _zone = null!;

    [OneTimeSetUp]
    public async Task MakeTheZone() => _zone = (await Account.Route53.CreateHostedZoneAsync(new CreateHostedZoneRequest { Name = "Shop.test", CallerReference = "zone" })).HostedZone.Id;

    [Test]
    public async Task A_name_leads_elsewhere_while_the_health_check_fails_and_back_when_it_passes()
    {
        var instance = await RunAsync();
        var check = await CheckAsync(instance.PrivateIpAddress, "/hello");
        await ChangeAsync(
            ChangeAction.CREATE,
            Record("orders.shop.test", "A", instance.PrivateIpAddress, set: "east", weight: 1, check: check),
            Record("orders.shop.test", "A", "127.9.9.9", set: "west", weight: 0));
        await LeadsAsync("orders.shop.test", instance.PrivateIpAddress);

        Cloud.Compute.Find(instance.InstanceId)!.Stop(force: true);
        await LeadsAsync("orders.shop.test", "127.9.9.9");
        Assert.That((await Account.Route53.GetHealthCheckStatusAsync(new GetHealthCheckStatusRequest { HealthCheckId = check })).HealthCheckObservations.Single().StatusReport.Status, Does.StartWith("Failure: "));

        await UntilAsync(async () => await StateAsync(instance.InstanceId) == "stopped", "it is stopped");
        Cloud.Compute.Find(instance.InstanceId)!.Start();
        await LeadsAsync("orders.shop.test", instance.PrivateIpAddress);
    }

    [Test]
    public async Task A_change_is_pending_and_answered_with_once_it_is_in_sync()
    {
        var change = await ChangeAsync(ChangeAction.CREATE, Record("late.shop.test", "A", "127.9.9.8"));
        Assert.That(change.Status.Value, Is.EqualTo("PENDING"));
        Assert.That(async () => await ResolveAsync("late.shop.test"), Throws.InstanceOf<System.Net.Sockets.SocketException>(), "no name server knows yet");
        Assert.That((await Account.Route53.ListResourceRecordSetsAsync(new ListResourceRecordSetsRequest { HostedZoneId = _zone, StartRecordName = "late.shop.test" })).ResourceRecordSets[0].TTL, Is.EqualTo(2), "though it is listed");

        await UntilAsync(async () => (await Account.Route53.GetChangeAsync(new GetChangeRequest { Id = change.Id })).ChangeInfo.Status == ChangeStatus.INSYNC, "it is in sync");
        Assert.That(await ResolveAsync("late.shop.test"), Is.EqualTo("127.9.9.8"));
    }

    [Test]
    public async Task A_name_leads_to_another_and_is_kept_for_the_shorter_time()
    {
        await ChangeAsync(ChangeAction.CREATE, Record("here.shop.test", "A", "127.9.9.7", timeToLive: 300));
        await ChangeAsync(ChangeAction.CREATE, Record("there.shop.test", "CNAME", "here.shop.test", timeToLive: 3));
        await LeadsAsync("there.shop.test", "127.9.9.7");

        var question = DnsRequest.For("there.shop.test");
        using var socket = new System.Net.Sockets.UdpClient();
        await socket.SendAsync(question, Cloud.NameServer);
        var answer = (await socket.ReceiveAsync().WaitAsync(Patience)).Buffer;
        Assert.That(DnsReply.Read(answer, question), Is.EqualTo(new DnsReply(DnsCode.NoError, IPAddress.Parse("127.9.9.7"), TimeSpan.FromSeconds(3))));
    }

    [Test]
    public async Task What_cannot_be_meant_is_refused_and_nothing_of_it_is_done()
    {
        await ChangeAsync(ChangeAction.CREATE, Record("once.shop.test", "A", "127.9.9.6"));

        await RefusedAsync("InvalidChangeBatch", ChangeAction.CREATE, Record("once.shop.test", "A", "127.9.9.6"));
        await RefusedAsync("InvalidChangeBatch", ChangeAction.DELETE, Record("once.shop.test", "A", "127.9.9.5"));
        await RefusedAsync("InvalidChangeBatch", ChangeAction.UPSERT, Record("once.shop.test", "CNAME", "other.shop.test"));
        await RefusedAsync("InvalidChangeBatch", ChangeAction.CREATE, Record("elsewhere.test", "A", "127.9.9.6"));
        await RefusedAsync("InvalidChangeBatch", ChangeAction.CREATE, Record("no-address.shop.test", "A", "tea"));
        await RefusedAsync("InvalidChangeBatch", ChangeAction.CREATE, Record("unchecked.shop.test", "A", "127.9.9.6", set: "one", weight: 1, check: "nobody"));
        await RefusedAsync("InvalidChangeBatch", ChangeAction.CREATE, Record("first.shop.test", "A", "127.9.9.6"), Record("once.shop.test", "A", "127.9.9.6"));
        await RefusedAsync("NotImplemented", ChangeAction.CREATE, Record("mail.shop.test", "MX", "10 mail"));
        Assert.That((await Account.Route53.ListResourceRecordSetsAsync(new ListResourceRecordSetsRequest { HostedZoneId = _zone })).ResourceRecordSets.Select(record => record.Name), Has.None.EqualTo("first.shop.test."), "all of a batch or nothing");
        Assert.That(async () => await Account.Route53.DeleteHostedZoneAsync(new DeleteHostedZoneRequest { Id = _zone }), Throws.TypeOf<HostedZoneNotEmptyException>());
    }

    [Test]
    public async Task A_health_check_is_made_once_changed_by_version_and_deleted()
    {
        var (one, again) = (await CheckAsync("127.9.9.4", "/", "same"), await CheckAsync("127.9.9.4", "/", "same"));
        Assert.That(again, Is.EqualTo(one));
        Assert.That(async () => await CheckAsync("127.9.9.5", "/", "same"), Throws.TypeOf<HealthCheckAlreadyExistsException>());

        await Account.Route53.UpdateHealthCheckAsync(new UpdateHealthCheckRequest { HealthCheckId = one, HealthCheckVersion = 1, Inverted = true });
        Assert.That(async () => await Account.Route53.UpdateHealthCheckAsync(new UpdateHealthCheckRequest { HealthCheckId = one, HealthCheckVersion = 1, Inverted = false }), Throws.TypeOf<HealthCheckVersionMismatchException>());
        Assert.That((await Account.Route53.GetHealthCheckAsync(new GetHealthCheckRequest { HealthCheckId = one })).HealthCheck.HealthCheckConfig.Inverted, Is.True);

        await Account.Route53.DeleteHealthCheckAsync(new DeleteHealthCheckRequest { HealthCheckId = one });
        Assert.That(async () => await Account.Route53.GetHealthCheckAsync(new GetHealthCheckRequest { HealthCheckId = one }), Throws.TypeOf<NoSuchHealthCheckException>());
    }

    [Test]
    public async Task Boto_makes_a_zone_and_a_record()
    {
        Assume.That(Boto.Boto.IsThere, "boto3 is not installed: the package python3-boto3");

        Assert.That(await new Boto.Boto(Cloud).RunAsync("""
            dns = client('route53')
            zone = dns.create_hosted_zone(Name='boto.test', CallerReference='boto')['HostedZone']['Id']
            change = dns.change_resource_record_sets(HostedZoneId=zone, ChangeBatch={'Changes': [{'Action': 'UPSERT', 'ResourceRecordSet': {'Name': 'a.boto.test', 'Type': 'A', 'TTL': 5, 'SetIdentifier': 'x', 'Weight': 3, 'ResourceRecords': [{'Value': '127.1.2.3'}]}}]})
            dns.get_waiter('resource_record_sets_changed').wait(Id=change['ChangeInfo']['Id'], WaiterConfig={'Delay': 1, 'MaxAttempts': 30})
            print([(r['Name'], r['Weight'], r['ResourceRecords']) for page in dns.get_paginator('list_resource_record_sets').paginate(HostedZoneId=zone) for r in page['ResourceRecordSets']])
            try:
                dns.change_resource_record_sets(HostedZoneId=zone, ChangeBatch={'Changes': [{'Action': 'CREATE', 'ResourceRecordSet': {'Name': 'b.boto.test', 'Type': 'A', 'AliasTarget': {'HostedZoneId': 'Z', 'DNSName': 'x', 'EvaluateTargetHealth': False}}}]})
            except dns.exceptions.ClientError as refusal:
                print(refusal.response['Error']['Code'])
            """), Is.EqualTo("[('a.boto.test.', 3, [{'Value': '127.1.2.3'}])]\nNotImplemented"));
    }

    private async Task<string> CheckAsync(string address, string path, string? reference = null) => (await Account.Route53.CreateHealthCheckAsync(new CreateHealthCheckRequest
    {
        CallerReference = reference ?? Guid.NewGuid().ToString(),
        HealthCheckConfig = new HealthCheckConfig { Type = HealthCheckType.HTTP, IPAddress = address, Port = LocalCloud.InstancePort, ResourcePath = path, RequestInterval = 10, FailureThreshold = 2 },
    })).HealthCheck.Id;

    private async Task RefusedAsync(string code, ChangeAction action, params IReadOnlyList<ResourceRecordSet> records) =>
        Assert.That((await Assert.CatchAsync<AmazonRoute53Exception>(() => ChangeAsync(action, records)))!.ErrorCode, Is.EqualTo(code));

    private async Task<ChangeInfo> ChangeAsync(ChangeAction action, params IReadOnlyList<ResourceRecordSet> records) => (await Account.Route53.ChangeResourceRecordSetsAsync(new ChangeResourceRecordSetsRequest
    {
        HostedZoneId = _zone,
        ChangeBatch = new ChangeBatch { Changes = [.. records.Select(record => new Change { Action = action, ResourceRecordSet = record })] },
    })).ChangeInfo;

    private static ResourceRecordSet Record(string name, string type, string value, string? set = null, long? weight = null, string? check = null, long timeToLive = 2) =>
        new() { Name = name, Type = type, TTL = timeToLive, SetIdentifier = set, Weight = weight, HealthCheckId = check, ResourceRecords = [new ResourceRecord { Value = value }] };

    private async Task<string> ResolveAsync(string name) => (await new NameResolver(Cloud.NameServer, NameCaching.None).ResolveAsync(name)).ToString();

    private Task LeadsAsync(string name, string address) => UntilAsync(
        async () =>
        {
            try
            {
                return await ResolveAsync(name) == address;
            }
            catch (System.Net.Sockets.SocketException)
            {
                return false;
            }
        },
        $"{name} leads to {address}");
}
