using Amazon.Route53.Model;
using ChaosHarness.LocalCloud.Http;

namespace ChaosHarness.LocalCloud.Route53;

/// <summary>A hosted zone: its records as they were changed, and as they are answered, which is a while later.</summary>
/// <param name="id">Such as <c>Z0123456789ABC</c>.</param>
/// <param name="name">Its name with a dot at its end.</param>
/// <param name="reference">By which a request that is sent twice is known.</param>
internal sealed class HostedZone(string id, string name, string reference)
{
    private readonly Lock _gate = new();
    private volatile IReadOnlyList<ResourceRecordSet> _records = [];

    public string Id => id;

    public string Name => name;

    public string Reference => reference;

    /// <summary>All records, by name, type and identifier.</summary>
    public IReadOnlyList<ResourceRecordSet> Records => _records;

    /// <summary>What name servers answer with.</summary>
    public IReadOnlyList<ResourceRecordSet> Answered { get; private set; } = [];

    /// <summary>Makes all of the changes, or none.</summary>
    /// <returns>Lets name servers answer with them.</returns>
    /// <exception cref="AwsErrorException">One cannot be made.</exception>
    public Action Change(IEnumerable<Change> changes)
    {
        lock (_gate)
        {
            var records = _records.ToList();
            foreach (var change in changes)
            {
                Apply(records, change.Action.Value, change.ResourceRecordSet);
            }

            IReadOnlyList<ResourceRecordSet> after = _records = [.. records.OrderBy(record => record.Name, StringComparer.Ordinal).ThenBy(record => record.Type.Value, StringComparer.Ordinal).ThenBy(record => record.SetIdentifier, StringComparer.Ordinal)];
            return () => Answered = after;
        }
    }

    private void Apply(List<ResourceRecordSet> records, string action, ResourceRecordSet record)
    {
        RecordRules.Check(record, name);
        var known = records.Find(other => RecordRules.IsSame(other, record));
        switch (action)
        {
            case "DELETE" when known is null || !RecordRules.IsEqual(known, record):
                throw Invalid($"Tried to delete resource record set [name='{record.Name}', type='{record.Type.Value}'{Set(record)}] but {(known is null ? "it was not found" : "the values provided do not match the current values")}");
            case "DELETE":
                records.Remove(known);
                return;
            case "CREATE" when known is not null:
                throw Invalid($"Tried to create resource record set [name='{record.Name}', type='{record.Type.Value}'{Set(record)}] but it already exists");
        }

        if (known is not null)
        {
            records.Remove(known);
        }

        if (records.Find(other => RecordRules.Clash(other, record)) is not null)
        {
            throw Invalid($"RRSet with DNS name {record.Name}, type {record.Type.Value}{Set(record)} cannot be created as other RRSets exist with the same name that cannot stand beside it.");
        }

        records.Add(record);
    }

    private static string Set(ResourceRecordSet record) => record.SetIdentifier is { } set ? $", set identifier='{set}'" : "";

    private static AwsErrorException Invalid(string message) => RecordRules.Invalid(message);
}
