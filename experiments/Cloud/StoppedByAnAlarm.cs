using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;

namespace Experiments.Cloud;

public sealed class StoppedByAnAlarm : CloudExperiments
{
    private const string Alarm = "orders-capacity";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    // An alarm that has seen nothing yet could stop nothing: an experiment is refused until it is well.
    [SetUp]
    public async Task PutTheAlarm()
    {
        await Account.CloudWatch.PutMetricAlarmAsync(new PutMetricAlarmRequest
        {
            AlarmName = Alarm,
            Namespace = "Orders",
            MetricName = "HealthyTargets",
            Statistic = Statistic.Minimum,
            Period = 10,
            EvaluationPeriods = 1,
            Threshold = Shop.Capacity * 0.75,
            ComparisonOperator = ComparisonOperator.LessThanThreshold,
        });
        using var limit = new CancellationTokenSource(Patience);
        do
        {
            await Shop.TellCapacityAsync(limit.Token);
            await Task.Delay(200, limit.Token);
        }
        while ((await Account.CloudWatch.DescribeAlarmsAsync(new DescribeAlarmsRequest { AlarmNames = [Alarm] }, limit.Token)).MetricAlarms.Single().StateValue != StateValue.OK);
    }

    [TearDown]
    public Task RemoveTheAlarm() => Account.CloudWatch.DeleteAlarmsAsync(new DeleteAlarmsRequest { AlarmNames = [Alarm] });

    [Experiment(Rto = "3m", Rpo = "0 writes", Availability = "95%"), Category("nightly"), Category("aws")]
    public async Task Experiment_that_goes_too_far_is_stopped_and_everything_put_back()
    {
        var half = Shop.Instances.Take(Shop.Capacity / 2).Select(instance => instance.Name).ToList();
        var result = await Hypothesis("an experiment that would stop instances for half an hour is ended by its stop condition as soon as capacity is too low")
            .Probe(Shop.CapacityMetric().Every("250ms"))
            .Inject(Fis("stopped-by-alarm", half))
            .ObserveAtLeast(Here("100s"))
            .RunAsync();

        Assert.That(result.Timeline.Select(entry => entry.Detail), Has.Some.StartsWith("stopped: Experiment stopped by stop condition"));
    }
}
