using System.Globalization;
using ChaosHarness.Histories;
using ChaosHarness.Timing;

namespace ChaosHarness.Checkers.Pacing;

/// <summary>How late the requests of one source were sent.</summary>
/// <param name="Source">The source.</param>
/// <param name="Count">How many were sent, or were due and are still not.</param>
/// <param name="Late">How many of them were later than the limit.</param>
/// <param name="NotSent">How many were given up before they were sent: too many others were under way.</param>
/// <param name="Worst">The longest time from being due to being sent.</param>
public sealed record Lateness(string Source, long Count, long Late, long NotSent, TimeSpan Worst)
{
    /// <summary>Such as <c>orders: 3 of 4000 late, at worst 8.1ms</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Source}: {Late} of {Count} late, at worst {DurationText.Format(Worst)}");

    internal static Lateness Of(Operations operations, TimeSpan from, TimeSpan limit)
    {
        long count = 0, late = 0, notSent = 0, worst = 0;
        for (var index = operations.From(from); index < operations.Count; index++)
        {
            var (chunk, at) = operations.Locate(index);
            var invoked = chunk.Invoked(at);
            if (invoked > operations.Until.Ticks && chunk.Completed(at) <= operations.Until.Ticks)
            {
                notSent++;
                continue;
            }

            // One that nobody has begun is as late as it is old.
            var ticks = Math.Min(invoked, operations.Until.Ticks) - chunk.Due(at);
            count++;
            late += ticks > limit.Ticks ? 1 : 0;
            worst = Math.Max(worst, ticks);
        }

        return new Lateness(operations.Source, count, late, notSent, TimeSpan.FromTicks(worst));
    }
}
