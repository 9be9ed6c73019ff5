using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;

namespace ChaosHarness.LocalCloud.Tests.CloudWatch;

/// <summary>Alarms follow what was measured. A minute takes a second.</summary>
public sealed class AlarmTests : CloudTests
{
    [Test]
    public async Task An_alarm_fires_and_is_well_again()
    {
        await Account.CloudWatch.PutMetricAlarmAsync(new PutMetricAlarmRequest
        {
            AlarmName = "errors",
            Namespace = "Shop",
            MetricName = "Errors",
            Statistic = Statistic.Sum,
            Period = 60,
            EvaluationPeriods = 2,
            DatapointsToAlarm = 1,
            Threshold = 5,
            ComparisonOperator = ComparisonOperator.GreaterThanOrEqualToThreshold,
            TreatMissingData = "notBreaching",
            Dimensions = [new Dimension { Name = "Zone", Value = "a" }],
        });
        await UntilAsync(async () => await StateAsync("errors") == "OK", "without data all is well");
        await PutAsync("b", 100);
        await Task.Delay(500);
        Assert.That(await StateAsync("errors"), Is.EqualTo("OK"), "another dimension is another metric");
        await PutAsync("a", 4);
        await PutAsync("a", 4);
        await UntilAsync(async () => await StateAsync("errors") == "ALARM", "eight in a minute are too many");
        await UntilAsync(async () => await StateAsync("errors") == "OK", "and forgotten after two");

        await Account.CloudWatch.DeleteAlarmsAsync(new DeleteAlarmsRequest { AlarmNames = ["errors"] });
        Assert.That(() => Account.CloudWatch.DeleteAlarmsAsync(new DeleteAlarmsRequest { AlarmNames = ["errors"] }), Throws.TypeOf<ResourceNotFoundException>());
    }

    [Test]
    public async Task What_was_measured_can_be_read()
    {
        var start = DateTime.UtcNow;
        await Account.CloudWatch.PutMetricDataAsync(new PutMetricDataRequest
        {
            Namespace = "Read",
            MetricData =
            [
                new MetricDatum { MetricName = "M", Values = [1, 3], Counts = [1, 3] },
                new MetricDatum { MetricName = "M", StatisticValues = new StatisticSet { SampleCount = 2, Sum = 10, Minimum = 4, Maximum = 6 } },
            ],
        });

        Assert.That(await ReadAsync("Sum"), Is.EqualTo(20));
        Assert.That(await ReadAsync("SampleCount"), Is.EqualTo(6));
        Assert.That(await ReadAsync("Average"), Is.EqualTo(20.0 / 6).Within(1e-9));

        async Task<double> ReadAsync(string statistic)
        {
            var data = await Account.CloudWatch.GetMetricDataAsync(new GetMetricDataRequest
            {
                StartTime = start.AddSeconds(-1),
                EndTime = start.AddSeconds(59),
                MetricDataQueries = [new MetricDataQuery { Id = "q", MetricStat = new MetricStat { Metric = new Metric { Namespace = "Read", MetricName = "M" }, Period = 60, Stat = statistic } }],
            });
            return data.MetricDataResults.Single().Values.Single();
        }
    }

    private Task<PutMetricDataResponse> PutAsync(string zone, double value) => Account.CloudWatch.PutMetricDataAsync(new PutMetricDataRequest
    {
        Namespace = "Shop",
        MetricData = [new MetricDatum { MetricName = "Errors", Value = value, Dimensions = [new Dimension { Name = "Zone", Value = zone }] }],
    });

    private async Task<string?> StateOrNullAsync(string name) => (await Account.CloudWatch.DescribeAlarmsAsync(new DescribeAlarmsRequest { AlarmNames = [name] })).MetricAlarms.SingleOrDefault()?.StateValue.Value;

    private new async Task<string> StateAsync(string name) => await StateOrNullAsync(name) ?? "none";
}
