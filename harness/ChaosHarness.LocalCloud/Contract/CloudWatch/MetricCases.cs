using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;

namespace ChaosHarness.LocalCloud.Contract.CloudWatch;

/// <summary>What is measured, and read again.</summary>
internal static class MetricCases
{
    private const string Put = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html";
    private const string Get = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html";

    public static IEnumerable<ContractCase> Cases =>
    [
        Read("cw-36", "Sum", 20),
        Read("cw-37", "SampleCount", 6),
        Read("cw-38", "Minimum", 1),
        Read("cw-39", "Average", 20.0 / 6),
        new("cw-40", "Values are told the newest first, or the oldest where that is asked for", Get, ContractCost.Alarm, async account =>
        {
            var metric = account.Name("order");
            await MadeAlarms.DatumAsync(account, metric, 1, TimeSpan.FromMinutes(3));
            await MadeAlarms.DatumAsync(account, metric, 2, TimeSpan.FromMinutes(1));
            await account.UntilAsync("both are there", async () => (await ReadAsync(account, metric, "Sum", null)).Values?.Count == 2);
            Claim.Same("the newest first", "2 1", string.Join(' ', (await ReadAsync(account, metric, "Sum", null)).Values));
            Claim.Same("the oldest first", "1 2", string.Join(' ', (await ReadAsync(account, metric, "Sum", ScanBy.TimestampAscending)).Values));
        }),
        new("cw-41", "A datum of more than two weeks ago is refused: `InvalidParameterValue`, 400", Put, ContractCost.Nothing, account =>
            Claim.RefusedAsync("InvalidParameterValue", () => MadeAlarms.DatumAsync(account, account.Name("old"), 1, TimeSpan.FromDays(15)))),
        new("cw-42", "A datum of more than two hours hence is refused: `InvalidParameterValue`, 400", Put, ContractCost.Nothing, account =>
            Claim.RefusedAsync("InvalidParameterValue", () => MadeAlarms.DatumAsync(account, account.Name("early"), 1, TimeSpan.FromHours(-3)))),
        new("cw-43", "Values and counts are as many: `InvalidParameterValue`, 400", Put, ContractCost.Nothing, account =>
            Claim.RefusedAsync("InvalidParameterValue", () => account.CloudWatch.PutMetricDataAsync(new PutMetricDataRequest { Namespace = MadeAlarms.Namespace, MetricData = [new MetricDatum { MetricName = "m", Values = [1, 2], Counts = [1] }] }))),
        new("cw-44", "A time that ends before it begins is refused: `ValidationError`, 400", Get, ContractCost.Nothing, account =>
            Claim.RefusedAsync("ValidationError", () => account.CloudWatch.GetMetricDataAsync(new GetMetricDataRequest { StartTime = DateTime.UtcNow, EndTime = DateTime.UtcNow.AddMinutes(-5), MetricDataQueries = [Query("m", "Sum")] }))),
    ];

    private static ContractCase Read(string id, string statistic, double value) => new(id, $"Values with counts, and sets of values, are put together: `{statistic}`", Get, ContractCost.Alarm, async account =>
    {
        var metric = account.Name("read-" + statistic);
        await account.CloudWatch.PutMetricDataAsync(new PutMetricDataRequest
        {
            Namespace = MadeAlarms.Namespace,
            MetricData =
            [
                new MetricDatum { MetricName = metric, Values = [1, 3], Counts = [1, 3] },
                new MetricDatum { MetricName = metric, StatisticValues = new StatisticSet { SampleCount = 2, Sum = 10, Minimum = 4, Maximum = 6 } },
            ],
        });
        await account.UntilAsync("it is there", async () => (await ReadAsync(account, metric, statistic, null)).Values is { Count: 1 });
        Claim.Same(statistic, value, (await ReadAsync(account, metric, statistic, null)).Values[0]);
    });

    // Whole minutes: data before and after the turn of a minute are two.
    private static async Task<MetricDataResult> ReadAsync(ContractAccount account, string metric, string statistic, ScanBy? order) => (await account.CloudWatch.GetMetricDataAsync(new GetMetricDataRequest
    {
        StartTime = DateTime.UtcNow.AddMinutes(-4).AddSeconds(-10),
        EndTime = DateTime.UtcNow.AddSeconds(50),
        ScanBy = order,
        MetricDataQueries = [Query(metric, statistic)],
    })).MetricDataResults.Single();

    private static MetricDataQuery Query(string metric, string statistic) => new() { Id = "q", MetricStat = new MetricStat { Metric = new Metric { Namespace = MadeAlarms.Namespace, MetricName = metric }, Period = 60, Stat = statistic } };
}
