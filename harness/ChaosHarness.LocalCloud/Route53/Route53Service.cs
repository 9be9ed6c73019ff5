using System.Collections.Concurrent;
using System.Globalization;
using Amazon.Route53.Model;
using ChaosHarness.LocalCloud.Http;

namespace ChaosHarness.LocalCloud.Route53;

/// <summary>Route 53: hosted zones, weighted and failover records, and health checks that decide between them. One for all regions.</summary>
internal sealed partial class Route53Service : RestXmlService
{
    /// <summary>What requests to it are signed for.</summary>
    public const string Signing = "route53";

    /// <summary>The region that its control plane is in, and that every request to it is signed for.</summary>
    public const string Home = "us-east-1";

    private const string Largest = "100";
    private const string Changeable = "IPAddress FullyQualifiedDomainName Port ResourcePath FailureThreshold Inverted Disabled";

    // AWS says that changes reach all name servers within 60 s as a rule.
    private static readonly TimeSpan Propagation = TimeSpan.FromSeconds(60);
    private readonly CloudContext _cloud;
    private readonly HostedZones _zones;
    private readonly ConcurrentDictionary<string, HealthCheck> _checks = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ChangeInfo> _changes = new(StringComparer.Ordinal);

    public Route53Service(CloudContext cloud)
        : base(Signing, "https://route53.amazonaws.com/doc/2013-04-01/")
    {
        _cloud = cloud;
        cloud.Names.Hosted = _zones = new HostedZones(id => !_checks.TryGetValue(id, out var check) || check.IsHealthy);
        On<CreateHostedZoneRequest, CreateHostedZoneResponse>(CreateZone, "Name CallerReference HostedZoneConfig.Comment HostedZoneConfig.PrivateZone=false");
        On<GetHostedZoneRequest, GetHostedZoneResponse>(request => new GetHostedZoneResponse { HostedZone = Shape(Zone(request.Id)), DelegationSet = new DelegationSet { NameServers = ["ns.localcloud.test"] } }, "");
        On<ListHostedZonesRequest, ListHostedZonesResponse>(ListZones, "maxitems marker");
        On<DeleteHostedZoneRequest, DeleteHostedZoneResponse>(DeleteZone, "");
        On<ChangeResourceRecordSetsRequest, ChangeResourceRecordSetsResponse>(Change, "ChangeBatch.Comment ChangeBatch.Changes.Change.Action " + Members("ChangeBatch.Changes.Change.ResourceRecordSet.", "Name Type SetIdentifier Weight Failover TTL ResourceRecords HealthCheckId"));
        On<ListResourceRecordSetsRequest, ListResourceRecordSetsResponse>(ListRecords, "maxitems name type identifier");
        On<GetChangeRequest, GetChangeResponse>(request => new GetChangeResponse { ChangeInfo = _changes.GetValueOrDefault(request.Id) ?? throw new AwsErrorException("NoSuchChange", $"A change with the specified change ID {request.Id} does not exist.", 404) }, "");
        On<CreateHealthCheckRequest, CreateHealthCheckResponse>(CreateCheck, "CallerReference " + Members("HealthCheckConfig.", "Type RequestInterval MeasureLatency=false EnableSNI=false " + Changeable));
        On<GetHealthCheckRequest, GetHealthCheckResponse>(request => new GetHealthCheckResponse { HealthCheck = Shape(Check(request.HealthCheckId)) }, "");
        On<ListHealthChecksRequest, ListHealthChecksResponse>(ListChecks, "maxitems marker");
        On<UpdateHealthCheckRequest, UpdateHealthCheckResponse>(UpdateCheck, "HealthCheckVersion " + Changeable);
        On<DeleteHealthCheckRequest, DeleteHealthCheckResponse>(DeleteCheck, "");
        On<GetHealthCheckStatusRequest, GetHealthCheckStatusResponse>(GetStatus, "");
    }

    private CreateHostedZoneResponse CreateZone(CreateHostedZoneRequest request)
    {
        if (_zones.All.Values.Any(zone => zone.Reference == request.CallerReference))
        {
            throw new AwsErrorException("HostedZoneAlreadyExists", "A hosted zone has already been created with the specified caller reference.", 409);
        }

        var zone = new HostedZone(CloudContext.NewId("Z", 13).ToUpperInvariant(), RecordRules.Full(request.Name), request.CallerReference);
        _zones.All[zone.Id] = zone;
        return new CreateHostedZoneResponse { HostedZone = Shape(zone), ChangeInfo = Propagate(static () => { }), DelegationSet = new DelegationSet { NameServers = ["ns.localcloud.test"] } };
    }

    private ListHostedZonesResponse ListZones(ListHostedZonesRequest request)
    {
        var (items, next) = Cut([.. _zones.All.Values.OrderBy(zone => zone.Id, StringComparer.Ordinal)], request.MaxItems, request.Marker, zone => zone.Id);
        return new ListHostedZonesResponse { HostedZones = [.. items.Select(Shape)], Marker = request.Marker ?? "", IsTruncated = next is not null, NextMarker = next, MaxItems = request.MaxItems ?? Largest };
    }

    private DeleteHostedZoneResponse DeleteZone(DeleteHostedZoneRequest request)
    {
        var zone = Zone(request.Id);
        if (zone.Records.Count > 0)
        {
            throw new AwsErrorException("HostedZoneNotEmpty", "The specified hosted zone contains non-required resource record sets and so cannot be deleted.");
        }

        _zones.All.TryRemove(zone.Id, out _);
        return new DeleteHostedZoneResponse { ChangeInfo = Propagate(static () => { }) };
    }

    private ChangeResourceRecordSetsResponse Change(ChangeResourceRecordSetsRequest request)
    {
        var unknown = request.ChangeBatch.Changes.Select(change => change.ResourceRecordSet.HealthCheckId).FirstOrDefault(id => id is not null && !_checks.ContainsKey(id));
        return unknown is null
            ? new ChangeResourceRecordSetsResponse { ChangeInfo = Propagate(Zone(request.HostedZoneId).Change(request.ChangeBatch.Changes)) }
            : throw RecordRules.Invalid($"The specified health check {unknown} does not exist");
    }

    private ListResourceRecordSetsResponse ListRecords(ListResourceRecordSetsRequest request)
    {
        var from = request.StartRecordName is { } name ? (RecordRules.Full(name), request.StartRecordType?.Value ?? "", request.StartRecordIdentifier ?? "") : ("", "", "");
        var found = Zone(request.HostedZoneId).Records.Where(record => (record.Name, record.Type.Value, record.SetIdentifier ?? "").CompareTo(from) >= 0).ToList();
        var most = Number(request.MaxItems);
        var next = found.Skip(most).FirstOrDefault();
        return new ListResourceRecordSetsResponse
        {
            ResourceRecordSets = [.. found.Take(most)],
            IsTruncated = next is not null,
            MaxItems = request.MaxItems ?? Largest,
            NextRecordName = next?.Name,
            NextRecordType = next?.Type,
            NextRecordIdentifier = next?.SetIdentifier,
        };
    }

    // Name servers answer with a change when it is in sync, and not before.
    private ChangeInfo Propagate(Action answer)
    {
        var change = new ChangeInfo { Id = "/change/" + CloudContext.NewId("C", 13).ToUpperInvariant(), Status = "PENDING", SubmittedAt = _cloud.Now };
        _changes[change.Id["/change/".Length..]] = change;
        _cloud.InBackground($"change {change.Id}", async token =>
        {
            await _cloud.Clock.DelayAsync(Propagation, token);
            answer();
            change.Status = "INSYNC";
        });
        return new ChangeInfo { Id = change.Id, Status = change.Status, SubmittedAt = change.SubmittedAt };
    }

    private HostedZone Zone(string id) => _zones.All.GetValueOrDefault(id) ?? throw new AwsErrorException("NoSuchHostedZone", $"No hosted zone found with ID: {id}", 404);

    private static Amazon.Route53.Model.HostedZone Shape(HostedZone zone) => new()
    {
        Id = "/hostedzone/" + zone.Id,
        Name = zone.Name,
        CallerReference = zone.Reference,
        Config = new HostedZoneConfig { PrivateZone = false },
        ResourceRecordSetCount = zone.Records.Count,
    };

    private static string Members(string path, string names) => string.Join(' ', names.Split(' ').Select(name => path + name));

    private static int Number(string? most) => int.TryParse(most ?? Largest, CultureInfo.InvariantCulture, out var number) && number > 0 ? Math.Min(number, 300) : throw new AwsErrorException("InvalidInput", $"Invalid MaxItems: {most}");

    // The marker is the id of the first that comes next.
    private static (IReadOnlyList<T> Items, string? Next) Cut<T>(IReadOnlyList<T> all, string? most, string? marker, Func<T, string> id)
    {
        var from = all.Where(item => marker is null || string.CompareOrdinal(id(item), marker) >= 0).ToList();
        var count = Number(most);
        return ([.. from.Take(count)], from.Count > count ? id(from[count]) : null);
    }
}
