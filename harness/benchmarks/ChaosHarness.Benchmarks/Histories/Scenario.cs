using ChaosHarness.Histories;

namespace ChaosHarness.Benchmarks.Histories;

/// <summary>How a system answers the requests of a run.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Timeout">The time-out of the requests.</param>
/// <param name="Answer">The verdict of a request, and how long it takes; null when it hangs until its time-out. By its number and the number of requests of the run.</param>
internal sealed record Scenario(string Name, TimeSpan Timeout, Func<int, int, (OperationVerdict Verdict, TimeSpan Takes)?> Answer)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("well", Soon, (number, _) => Good(number)),
        new("long outage", Soon, (number, all) => number > all * 3 / 10 && number < all * 9 / 10 ? (OperationVerdict.Error, TimeSpan.FromMilliseconds(1)) : Good(number)),
        new("flapping", Soon, (number, _) => number % 3 == 0 ? (OperationVerdict.Error, TimeSpan.FromMilliseconds(1)) : Good(number)),
        // So many are sent within the time-out.
        new("25 000 hung at the end", TimeSpan.FromSeconds(25_000.0 / SimulatedRun.PerSecond), (number, all) => number < all - 25_000 ? Good(number) : null),
        new("100 000 hung at the end", TimeSpan.FromSeconds(100_000.0 / SimulatedRun.PerSecond), (number, all) => number < all - 100_000 ? Good(number) : null),
        new("25 000 hung all over", TimeSpan.FromMinutes(5), (number, _) => number % 40 == 0 ? null : Good(number)),
    ];

    private static (OperationVerdict Verdict, TimeSpan Takes) Good(int number) => (OperationVerdict.Good, TimeSpan.FromMilliseconds(5 + (number % 16)));
}
