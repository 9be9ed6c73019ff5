using System.Security.Cryptography;
using Amazon.Route53.Model;

namespace ChaosHarness.LocalCloud.Route53;

/// <summary>Which of several records of a name is answered with, as Route 53 chooses.</summary>
internal static class RecordChoice
{
    /// <summary>Chooses one.</summary>
    /// <param name="records">The records of a name, at least one.</param>
    /// <param name="isHealthy">What a health check, by its id, thinks.</param>
    public static ResourceRecordSet Of(IReadOnlyList<ResourceRecordSet> records, Func<string, bool> isHealthy)
    {
        var healthy = records.Where(record => record.HealthCheckId is null || isHealthy(record.HealthCheckId)).ToList();
        // Where all are ill none is taken out.
        var eligible = healthy.Count > 0 ? healthy : records;
        if (records[0].Failover is not null)
        {
            return eligible.FirstOrDefault(record => record.Failover.Value == "PRIMARY") ?? eligible[0];
        }

        return records[0].Weight is null ? records[0] : Weighted(eligible);
    }

    // What weighs nothing is answered with only where nothing that weighs is healthy.
    private static ResourceRecordSet Weighted(IReadOnlyList<ResourceRecordSet> records)
    {
        var weighing = records.Where(record => record.Weight > 0).ToList();
        if (weighing.Count == 0)
        {
            return records[RandomNumberGenerator.GetInt32(records.Count)];
        }

        var drawn = RandomNumberGenerator.GetInt32((int)weighing.Sum(record => record.Weight!.Value));
        return weighing.First(record => (drawn -= (int)record.Weight!.Value) < 0);
    }
}
