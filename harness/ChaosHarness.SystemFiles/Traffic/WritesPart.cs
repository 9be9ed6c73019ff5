using ChaosHarness.SystemFiles.Plans;
using ChaosHarness.SystemFiles.Sections;
using ChaosHarness.Workloads;
using Npgsql;

namespace ChaosHarness.SystemFiles.Traffic;

/// <summary>Writes as a file describes them.</summary>
internal static class WritesPart
{
    private const double Usual = 20;
    private static readonly TimeSpan UsualTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Makes the workload, and what it holds open.</summary>
    public static (Workload Workload, IReadOnlyList<IAsyncDisposable> Held) Of(TrafficPlan plan)
    {
        var values = plan.Values;
        var rate = values.Number(WritesSection.PerSecond) ?? Usual;
        var (workload, held) = values.Get(WritesSection.Http) is { } http ? HttpWrites.Of(plan.Name, rate, http)
            : values.Get(WritesSection.Sql) is { } sql ? SqlWrites.Of(plan.Name, rate, sql)
            : values.Get(WritesSection.Redis) is { } redis ? RedisWrites.Of(plan.Name, rate, redis)
            : AmqpWrites.Of(plan.Name, rate, values.Get(WritesSection.Amqp)!);
        workload = workload with { Timeout = values.Number(WritesSection.Timeout) ?? UsualTimeout, SlowThreshold = values.Number(WritesSection.SlowAfter) };
        if (values.Get(WritesSection.ReadBack) is not { } readBack)
        {
            return (workload, held is null ? [] : [held]);
        }

        var source = NpgsqlDataSource.Create(readBack.Get(ReadBackSection.Connect)!);
        return (workload.ReadBack(token => SqlWrites.StoredAsync(source, readBack.Get(ReadBackSection.Query)!, token)), held is null ? [source] : [held, source]);
    }
}
