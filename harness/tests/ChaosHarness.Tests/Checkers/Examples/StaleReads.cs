using ChaosHarness.Checkers;
using ChaosHarness.Expectations;
using ChaosHarness.Histories;

namespace ChaosHarness.Tests.Checkers.Examples;

/// <summary>Finds reads that returned an older version than one whose write had been acknowledged before the read was sent.</summary>
/// <param name="Writes">A workload whose acknowledgements bring the version that they wrote; versions only rise.</param>
/// <param name="Reads">A probe that brings the version that it read.</param>
public sealed record StaleReads(string Writes, string Reads) : IChecker<StaleReads.Finding>
{
    public string Name => $"stale reads of {Reads}";

    public IReadOnlyList<string> Needs => [Writes, Reads];

    /// <summary>At most so many; and with no read at all nobody knows, so it is missed.</summary>
    public Expectation AtMost(long most) => Expectation.Of(this, $"at most {most} {Name}", found => new Judgement(
        Met: found.Looked > 0 && found.Stale <= most,
        Actual: found.ToString(),
        MissedBy: found.Stale > most ? $"{found.Stale - most}" : null,
        Figure: found.Figures[0],
        Objective: most));

    public Finding Check(History history)
    {
        var promised = history.Of(Writes)
            .Where(write => write is { IsGood: true, Value: not null })
            .Select(write => (At: write.Completed!.Value, Version: write.Value!.Value))
            .OrderBy(write => write.At)
            .ToArray();
        // Acknowledgements overtake each other: what was promised by a time is the highest of all by then.
        for (var index = 1; index < promised.Length; index++)
        {
            promised[index].Version = Math.Max(promised[index].Version, promised[index - 1].Version);
        }

        var times = Array.ConvertAll(promised, write => write.At);
        long stale = 0, looked = 0;
        foreach (var read in history.Of(Reads).Where(read => read is { IsGood: true, Value: not null }))
        {
            looked++;
            var before = Before(times, read.Invoked!.Value);
            stale += before > 0 && read.Value < promised[before - 1].Version ? 1 : 0;
        }

        return new Finding(stale, looked);
    }

    // How many of the times are earlier than this one.
    private static int Before(TimeSpan[] times, TimeSpan time)
    {
        var (low, high) = (0, times.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = times[middle] < time ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    public sealed record Finding(long Stale, long Looked) : ChaosHarness.Checkers.Finding([Figure.Exact("stale reads", "", Unit.Count, Stale)])
    {
        public override string ToString() => $"{Stale} of {Looked} reads were stale";
    }
}
