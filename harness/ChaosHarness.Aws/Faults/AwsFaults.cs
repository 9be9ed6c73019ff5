using Amazon.CloudWatch;
using ChaosHarness.Aws.Accounts;
using ChaosHarness.Aws.Templates;
using ChaosHarness.Faults;
using ChaosHarness.Safety;

namespace ChaosHarness.Aws.Faults;

/// <summary>What can be done to an account.</summary>
public static class AwsFaults
{
    /// <summary>
    /// An experiment of AWS FIS as a fault. Before anything else the account, region and tags are checked and the experiment is rehearsed:
    /// it is run with all actions skipped, and what it would hit is counted. Reverted by stopping it; the template is removed.
    /// </summary>
    /// <param name="account">The account.</param>
    /// <param name="template">What FIS does.</param>
    /// <param name="targets">The components of the system that it hits, for the blast radius.</param>
    /// <returns>The fault.</returns>
    /// <exception cref="InvalidTemplateException">The template is wrong; names every mistake.</exception>
    public static Fault Experiment(this AwsAccount account, FisTemplate template, params IReadOnlyList<string> targets)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(template);
        return new FisFault(account, new FisSource(template.Checked()), targets);
    }

    /// <summary>An experiment of AWS FIS as a fault, from a template that is in the account already, and stays there.</summary>
    /// <param name="account">The account.</param>
    /// <param name="templateId">Such as <c>EXT1a2b3c4d5e6f7</c>.</param>
    /// <param name="targets">The components of the system that it hits, for the blast radius.</param>
    /// <returns>The fault.</returns>
    public static Fault Experiment(this AwsAccount account, string templateId, params IReadOnlyList<string> targets)
    {
        ArgumentNullException.ThrowIfNull(account);
        return new FisFault(account, new FisSource(templateId), targets);
    }

    /// <summary>Halts an experiment when an alarm of CloudWatch fires.</summary>
    /// <param name="account">The account.</param>
    /// <param name="alarm">The name of the alarm.</param>
    /// <returns>The condition; an alarm that cannot be found or asked for, or that has no data to judge by, halts too.</returns>
    public static StopCondition AlarmFires(this AwsAccount account, string alarm)
    {
        ArgumentNullException.ThrowIfNull(account);
        return StopCondition.When(
            async cancellationToken =>
            {
                // Those that are made of others are only found by whoever asks for them.
                var found = await account.CloudWatch.DescribeAlarmsAsync(new() { AlarmNames = [alarm], AlarmTypes = [AlarmType.MetricAlarm, AlarmType.CompositeAlarm] }, cancellationToken).ConfigureAwait(false);
                var (state, reason) = found.MetricAlarms is [{ } metric] ? (metric.StateValue, metric.StateReason) : found.CompositeAlarms is [{ } composite] ? (composite.StateValue, composite.StateReason) : default;
                return state is null ? $"there is no alarm '{alarm}'"
                    : state == StateValue.OK ? null
                    : state == StateValue.ALARM ? $"alarm '{alarm}' fires: {reason}"
                    : $"alarm '{alarm}' sees nothing, and guards nothing ({state}: {reason}). What missing data means, its TreatMissingData says";
            },
            $"alarm '{alarm}'");
    }
}
