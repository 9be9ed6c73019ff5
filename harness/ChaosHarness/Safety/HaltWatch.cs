using ChaosHarness.Timing;

namespace ChaosHarness.Safety;

/// <summary>Looks for orders to halt from the beginning of a run to its end, twenty times a second, and pulls the lever when one is there.</summary>
internal sealed class HaltWatch(RunClock clock, HaltLever lever, IReadOnlyList<string> files)
{
    private const double LooksPerSecond = 20;

    /// <summary>Why nothing may run now; null when nobody ordered that.</summary>
    public static string? WhyHalted(IEnumerable<string> files) => files.Select(Words).FirstOrDefault(words => words is not null);

    // On a thread that sleeps: a file that a person puts there has to work even when the pool of this process does not.
    public Task RunAsync(CancellationToken stop) => files.Count == 0
        ? Task.CompletedTask
        : new Pacer(clock, OpenLoopSchedule.PerSecond(LooksPerSecond, clock.Now), (_, _) => Look()).RunAsync(stop);

    private void Look()
    {
        if (lever.Reason is null && WhyHalted(files) is { } why)
        {
            lever.Halt(why);
        }
    }

    private static string? Words(string file) => HaltOrder.Find(file) is not { } order ? null
        : order.ToString() is { Length: > 0 } words ? $"halted {words} ({file})" : $"the halt file '{file}' exists";
}
