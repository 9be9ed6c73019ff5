using System.Net;
using System.Net.Sockets;
using Amazon.Route53.Model;
using ChaosHarness.LocalCloud.Http;

namespace ChaosHarness.LocalCloud.Route53;

/// <summary>What records may be like, and which are the same.</summary>
internal static class RecordRules
{
    public static AwsErrorException Invalid(string message) => new("InvalidChangeBatch", $"[{message}]");

    /// <summary>A name as it is kept: in lower case, with a dot at its end.</summary>
    public static string Full(string name) => name.TrimEnd('.').ToLowerInvariant() + ".";

    /// <exception cref="AwsErrorException">It is wrong, or is something that this cloud does not do.</exception>
    public static void Check(ResourceRecordSet record, string zone)
    {
        record.Name = Full(record.Name);
        if (record.Name != zone && !record.Name.EndsWith("." + zone, StringComparison.Ordinal))
        {
            throw Invalid($"RRSet with DNS name {record.Name} is not permitted in zone {zone}");
        }

        if (record.Type.Value is not ("A" or "CNAME"))
        {
            throw HonouredMembers.NotImplemented($"records of type {record.Type.Value}, only A and CNAME");
        }

        if (record.ResourceRecords is not [{ Value: { } value }] || record.TTL is null)
        {
            throw record.ResourceRecords is { Count: > 1 } ? HonouredMembers.NotImplemented("records with several values") : Invalid("Invalid request: a record has a TTL and a value");
        }

        if (record.Type.Value == "A" ? !(IPAddress.TryParse(value, out var address) && address.AddressFamily == AddressFamily.InterNetwork) : value.Length == 0 || record.Name == zone)
        {
            throw Invalid(record.Type.Value == "A" ? $"Invalid Resource Record: FATAL problem: ARRDATAIllegalIPv4Address encountered with '{value}'" : $"RRSet of type CNAME with DNS name {record.Name} is not permitted at apex in zone {zone}");
        }

        if ((record.Weight is not null || record.Failover is not null) != record.SetIdentifier is not null || (record.Weight is not null && record.Failover is not null))
        {
            throw Invalid("Invalid request: a SetIdentifier comes with a Weight or with a Failover, and neither comes without it");
        }
    }

    /// <summary>Whether one takes the place of the other.</summary>
    public static bool IsSame(ResourceRecordSet one, ResourceRecordSet other) =>
        one.Name == Full(other.Name) && one.Type.Value == other.Type.Value && one.SetIdentifier == other.SetIdentifier;

    public static bool IsEqual(ResourceRecordSet one, ResourceRecordSet other) =>
        IsSame(one, other) && one.TTL == other.TTL && one.Weight == other.Weight && one.Failover?.Value == other.Failover?.Value && one.HealthCheckId == other.HealthCheckId
        && one.ResourceRecords[0].Value == other.ResourceRecords[0].Value;

    /// <summary>Whether two different ones of a name cannot stand beside each other.</summary>
    public static bool Clash(ResourceRecordSet one, ResourceRecordSet other) => one.Name == other.Name
        && (one.Type.Value != other.Type.Value || one.SetIdentifier is null || other.SetIdentifier is null || (one.Weight is null) != (other.Weight is null) || (one.Failover is not null && one.Failover.Value == other.Failover?.Value));
}
