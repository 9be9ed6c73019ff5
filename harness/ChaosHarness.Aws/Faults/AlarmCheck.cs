using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;
using Amazon.FIS.Model;
using ChaosHarness.Aws.Accounts;

namespace ChaosHarness.Aws.Faults;

/// <summary>
/// Looks at the alarms that are to stop an experiment. One that is not there, or sees nothing, guards nothing; one that fires already lets no
/// action begin.
/// </summary>
internal static class AlarmCheck
{
    private const string Source = "aws:cloudwatch:alarm";

    /// <returns>Why the experiment must not run, with the ARN and the state of the alarm; null when all of them are well.</returns>
    public static async Task<string?> WhyRefusedAsync(AwsAccount account, string accountId, CreateExperimentTemplateRequest definition, CancellationToken cancellationToken)
    {
        foreach (var arn in (definition.StopConditions ?? []).Where(condition => condition.Source == Source).Select(condition => condition.Value).Distinct(StringComparer.Ordinal))
        {
            if (await WhyRefusedAsync(account, accountId, arn, cancellationToken).ConfigureAwait(false) is { } refusal)
            {
                return $"the alarm {arn} that is to stop the experiment {refusal}";
            }
        }

        return null;
    }

    private static async Task<string?> WhyRefusedAsync(AwsAccount account, string accountId, string arn, CancellationToken cancellationToken)
    {
        // arn:PARTITION:cloudwatch:REGION:ACCOUNT:alarm:NAME, and a name may hold colons.
        if (arn.Split(':', 7) is not ["arn", { Length: > 0 }, "cloudwatch", var region, var owner, "alarm", { Length: > 0 } name])
        {
            return "is not named by the ARN of an alarm: arn:aws:cloudwatch:REGION:ACCOUNT:alarm:NAME";
        }

        if (region != account.Region)
        {
            return $"is in region {region}, and the experiment in {account.Region}";
        }

        if (owner != accountId)
        {
            return $"is in account {owner}, and the experiment in {accountId}";
        }

        // Those that are made of others are only found by whoever asks for them.
        var found = await account.CloudWatch.DescribeAlarmsAsync(
            new DescribeAlarmsRequest { AlarmNames = [name], AlarmTypes = [AlarmType.MetricAlarm, AlarmType.CompositeAlarm] },
            cancellationToken).ConfigureAwait(false);
        var state = found.MetricAlarms?.Find(alarm => alarm.AlarmArn == arn)?.StateValue ?? found.CompositeAlarms?.Find(alarm => alarm.AlarmArn == arn)?.StateValue;
        return state is null ? "does not exist"
            : state == StateValue.OK ? null
            : state == StateValue.ALARM ? $"is in state {state}: no action would begin"
            : $"is in state {state}: it sees nothing that it could stop the experiment for";
    }
}
