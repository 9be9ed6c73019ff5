using Amazon.EC2;
using Amazon.EC2.Model;
using ChaosHarness.Aws.Accounts;

namespace ChaosHarness.Aws.Faults;

/// <summary>Starts instances again that an experiment left stopped. May be done again and again.</summary>
internal static class StoppedInstances
{
    /// <summary>Starts those that are stopped, and waits for those that are about to be. What was terminated meanwhile is passed over.</summary>
    public static async Task StartAsync(AwsAccount account, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        foreach (var some in ids.Distinct().Chunk(DeadTargets.AtOnce))
        {
            while (true)
            {
                var states = await DeadTargets.InstancesAsync(account, some, cancellationToken).ConfigureAwait(false);
                var stopped = states.Where(instance => instance.Value == "stopped").Select(instance => instance.Key).ToList();
                if (stopped.Count > 0)
                {
                    await StartStoppedAsync(account, stopped, cancellationToken).ConfigureAwait(false);
                }

                // One that was stopped when it was looked at may be about to be terminated now: it is looked at once more.
                if (stopped.Count == 0 && !states.Values.Contains("stopping"))
                {
                    break;
                }

                await Task.Delay(account.PollInterval, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static async Task StartStoppedAsync(AwsAccount account, List<string> ids, CancellationToken cancellationToken)
    {
        try
        {
            await account.Ec2.StartInstancesAsync(new StartInstancesRequest { InstanceIds = ids }, cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonEC2Exception exception) when (IsGone(exception))
        {
            // The call is all or nothing, and one of them changed since it was looked at.
            foreach (var id in ids.Where(_ => ids.Count > 1))
            {
                await StartStoppedAsync(account, [id], cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static bool IsGone(AmazonEC2Exception exception) => exception.ErrorCode is "InvalidInstanceID.NotFound" or "InvalidInstanceID" or "IncorrectInstanceState";
}
