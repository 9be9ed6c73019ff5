using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;

namespace ChaosHarness.LocalCloud.Contract.CloudWatch;

/// <summary>Alarms that cases make, each on a metric of its own name, removed at the end.</summary>
internal static class MadeAlarms
{
    public const string Namespace = "ChaosHarnessContract";

    public static PutMetricAlarmRequest Request(ContractAccount account, string name) => new()
    {
        AlarmName = account.Name(name),
        Namespace = Namespace,
        MetricName = account.Name(name),
        Statistic = Statistic.Maximum,
        Period = 60,
        EvaluationPeriods = 1,
        Threshold = 5,
        ComparisonOperator = ComparisonOperator.GreaterThanThreshold,
    };

    public static async Task<string> MakeAsync(ContractAccount account, string name, Action<PutMetricAlarmRequest>? change = null)
    {
        var request = Request(account, name);
        change?.Invoke(request);
        await account.CloudWatch.PutMetricAlarmAsync(request);
        account.OnEnd(async () =>
        {
            if (await FindAsync(account, request.AlarmName) is not null)
            {
                await account.CloudWatch.DeleteAlarmsAsync(new DeleteAlarmsRequest { AlarmNames = [request.AlarmName] });
            }
        });
        return request.AlarmName;
    }

    public static Task DatumAsync(ContractAccount account, string metric, double value, TimeSpan? ago = null) => account.CloudWatch.PutMetricDataAsync(new PutMetricDataRequest
    {
        Namespace = Namespace,
        MetricData = [new MetricDatum { MetricName = metric, Value = value, Timestamp = ago is { } since ? DateTime.UtcNow - since : null }],
    });

    public static Task IsAsync(ContractAccount account, string name, string state) => account.UntilAsync($"{name} is in {state}", async () => (await OneAsync(account, name)).StateValue.Value == state);

    public static async Task<MetricAlarm> OneAsync(ContractAccount account, string name) => await FindAsync(account, name) ?? throw new ContractBrokenException("the alarm", name, "not there");

    public static async Task<MetricAlarm?> FindAsync(ContractAccount account, string name) => (await account.CloudWatch.DescribeAlarmsAsync(new DescribeAlarmsRequest { AlarmNames = [name] })).MetricAlarms?.SingleOrDefault();
}
