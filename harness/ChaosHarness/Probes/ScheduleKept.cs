using ChaosHarness.Histories;

namespace ChaosHarness.Probes;

/// <summary>How well an open loop kept its schedule; latencies count from the due time, so lateness is inside them.</summary>
/// <param name="SentLate">Requests sent more than one interval after they were due.</param>
/// <param name="WorstLateness">The longest time between a request being due and being sent.</param>
public readonly record struct ScheduleKept(long SentLate, TimeSpan WorstLateness)
{
    internal static ScheduleKept Of(Operations operations)
    {
        long late = 0;
        var worst = TimeSpan.Zero;
        foreach (var operation in operations)
        {
            // What was refused was not sent at all.
            if (operation.Invoked is { } sent)
            {
                var lateness = sent - operation.Due;
                late += lateness > operations.Settings.Interval ? 1 : 0;
                worst = lateness > worst ? lateness : worst;
            }
        }

        return new ScheduleKept(late, worst);
    }
}
