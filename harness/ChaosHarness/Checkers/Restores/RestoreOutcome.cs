using System.Globalization;
using ChaosHarness.Checkers.Writes;
using ChaosHarness.Histories;
using ChaosHarness.Timing;

namespace ChaosHarness.Checkers.Restores;

/// <summary>What a restored copy turned out to be worth.</summary>
/// <param name="Copy">The copy.</param>
public sealed record RestoreOutcome(RestoredCopy Copy)
{
    private const int MostNamed = 1000;

    /// <summary>How long it took, its checks included.</summary>
    public TimeSpan Time => Copy.When.Length;

    /// <summary>Writes that were acknowledged before its moment.</summary>
    public long Due { get; init; }

    /// <summary>Those of them that it does not hold: a backup that lost them is no backup.</summary>
    public long Missing { get; init; }

    /// <summary>The first thousand of those, in the order in which they were due.</summary>
    public IReadOnlyList<LostWrite> FirstMissing { get; init; } = [];

    /// <summary>Writes that it holds though they were sent after its moment.</summary>
    public long TooNew { get; init; }

    /// <summary>Writes that it holds more than once.</summary>
    public long Duplicated { get; init; }

    /// <summary>Writes that were acknowledged before the restore began and that it does not hold: what is lost by whoever goes on from it (RPA).</summary>
    public long Lacks { get; init; }

    /// <summary>From the oldest of those to the beginning of the restore; zero only when it lacks none.</summary>
    public TimeSpan Age { get; init; }

    /// <summary>Whether any writes were looked up in it.</summary>
    public bool IsReconciled => Copy.Held.Count > 0;

    /// <summary>Whether there is a copy, it holds what it has to and nothing else, and passed every check, of which there was one at least.</summary>
    public bool IsSound => Copy is { Problem: null } && Missing == 0 && TooNew == 0 && Duplicated == 0 && Copy.Checks.All(check => check.Passed) && (IsReconciled || Copy.Checks.Count > 0);

    /// <summary>Such as <c>restored in 11.2s: all of 2210 writes before the moment are there; lacks the last 114 writes, 1.2s; 6 checks passed</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        if (Copy.Problem is { } problem)
        {
            return $"not restored, after {DurationText.Format(Time)}: {problem}";
        }

        var parts = new List<string>();
        if (IsReconciled)
        {
            if (Copy.Target is not null)
            {
                parts.Add(Missing == 0
                    ? string.Create(CultureInfo.InvariantCulture, $"all of {Due} writes before its moment are there")
                    : string.Create(CultureInfo.InvariantCulture, $"{Missing} of {Due} writes before its moment are missing"));
            }

            AddCount(parts, TooNew, "written after its moment");
            AddCount(parts, Duplicated, "there more than once");
            parts.Add(Lacks == 0 ? "lacks nothing" : string.Create(CultureInfo.InvariantCulture, $"lacks {Lacks} writes, {DurationText.Format(Age)}"));
        }

        var failed = Copy.Checks.Where(check => !check.Passed).ToList();
        parts.Add((Copy.Checks.Count, failed.Count) switch
        {
            (0, _) => IsReconciled ? "nothing else was checked" : "nothing was checked",
            (var all, 0) => string.Create(CultureInfo.InvariantCulture, $"{all} {(all == 1 ? "check" : "checks")} passed"),
            _ => $"failed: {string.Join(", ", failed.Select(check => $"{check.Name} ({check.Detail})"))}",
        });
        return $"restored in {DurationText.Format(Time)}: {string.Join("; ", parts)}";
    }

    /// <summary>Holds a copy against what was written.</summary>
    /// <param name="copy">The copy.</param>
    /// <param name="history">What was written.</param>
    /// <returns>What it is worth.</returns>
    public static RestoreOutcome Of(RestoredCopy copy, History history)
    {
        ArgumentNullException.ThrowIfNull(copy);
        ArgumentNullException.ThrowIfNull(history);
        var outcome = new RestoreOutcome(copy);
        var oldest = TimeSpan.MaxValue;
        foreach (var held in copy.Held)
        {
            var count = HeldCount.Of(copy, held, history.Of(held.Source), MostNamed);
            outcome = outcome with
            {
                Due = outcome.Due + count.Due,
                Missing = outcome.Missing + count.Missing,
                FirstMissing = [.. outcome.FirstMissing, .. count.FirstMissing],
                TooNew = outcome.TooNew + count.TooNew,
                Duplicated = outcome.Duplicated + count.Duplicated,
                Lacks = outcome.Lacks + count.Lacks,
            };
            oldest = count.OldestLacking is { } since && since < oldest ? since : oldest;
        }

        return outcome.Lacks == 0 ? outcome : outcome with { Age = AtLeastSomething(copy.When.Start - oldest) };
    }

    // Less than any clock tells apart, and more than nothing.
    private static TimeSpan AtLeastSomething(TimeSpan age) => age > TimeSpan.Zero ? age : TimeSpan.FromMicroseconds(1);

    private static void AddCount(List<string> parts, long count, string what)
    {
        if (count > 0)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{count} {what}"));
        }
    }
}
