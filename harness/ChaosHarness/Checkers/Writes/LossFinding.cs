using System.Globalization;
using ChaosHarness.Timing;

namespace ChaosHarness.Checkers.Writes;

/// <summary>Recovery point actual (RPA): what became of the writes, after every acknowledged one was looked up.</summary>
/// <param name="Figures">Its numbers.</param>
public sealed record LossFinding(IReadOnlyList<Figure> Figures) : Finding(Figures)
{
    /// <summary>Why nothing can be said of what the system holds, such as a read-back that failed; null when it can.</summary>
    public string? Problem { get; init; }

    /// <summary>Writes sent.</summary>
    public long Sent { get; init; }

    /// <summary>Writes acknowledged.</summary>
    public long Acknowledged { get; init; }

    /// <summary>Acknowledged and missing.</summary>
    public long Lost => LostWrites.Count;

    /// <summary>Every lost write, in the order in which they were due.</summary>
    public IReadOnlyList<LostWrite> LostWrites { get; init; } = [];

    /// <summary>Present though never acknowledged: harmless, and counted. Null where the system assigns the ids, since nobody can know then.</summary>
    public long? Indeterminate { get; init; }

    /// <summary>Present more than once.</summary>
    public long Duplicated { get; init; }

    /// <summary>Acknowledged by a node that was no longer primary when the write was sent, or one id acknowledged once more.</summary>
    public long Diverged { get; init; }

    /// <summary>
    /// From the oldest lost acknowledgement to the end of the injection or to the last lost acknowledgement, whichever is later; zero only
    /// when nothing is lost.
    /// </summary>
    public TimeSpan Age { get; init; }

    /// <summary>When the oldest lost write was acknowledged, since the start of the run.</summary>
    public TimeSpan? OldestLost => LostWrites.Count == 0 ? null : LostWrites.Min(write => write.Acknowledged);

    /// <summary>Such as <c>0 of 4213 writes</c> or <c>17 of 4213 writes, 340ms</c>, or why that is not known.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        if (Problem is { } problem)
        {
            return problem;
        }

        var text = string.Create(CultureInfo.InvariantCulture, $"{Lost} of {Acknowledged} writes");
        return Lost == 0 ? text : $"{text}, {DurationText.Format(Age)}";
    }

    internal static LossFinding Of(IReadOnlyList<WriteCount> counts, TimeSpan? injected)
    {
        // Written for the unusual case of several workloads: what is lost of any is lost.
        var lost = counts is [var only] ? only.Lost : [.. counts.SelectMany(count => count.Lost)];
        var finding = new LossFinding([])
        {
            Problem = counts.Count == 0 ? "no workload writes anything" : counts.Select(count => count.Problem).FirstOrDefault(problem => problem is not null),
            Sent = counts.Sum(count => count.Sent),
            Acknowledged = counts.Sum(count => count.Acknowledged),
            LostWrites = lost,
            Indeterminate = counts.Aggregate((long?)0, (sum, count) => sum + count.Indeterminate),
            Duplicated = counts.Sum(count => count.Duplicated),
            Diverged = counts.Sum(count => count.Diverged),
            Age = AgeOf(lost, injected),
        };
        return finding with { Figures = [.. finding.FiguresOf(counts is [var one] ? one.Source : "")] };
    }

    private static TimeSpan AgeOf(IReadOnlyList<LostWrite> lost, TimeSpan? injected)
    {
        if (lost.Count == 0)
        {
            return TimeSpan.Zero;
        }

        var (oldest, end) = (lost.Min(write => write.Acknowledged), lost.Max(write => write.Acknowledged));
        var age = (injected > end ? injected.Value : end) - oldest;
        // A single write that was lost after the injection: less than any clock tells apart, and more than nothing.
        var least = TimeSpan.FromMicroseconds(1);
        return age > least ? age : least;
    }

    private IEnumerable<Figure> FiguresOf(string subject)
    {
        if (Sent == 0)
        {
            yield break;
        }

        yield return Figure.Exact(FigureNames.AcknowledgedWrites, subject, Unit.Count, Acknowledged, Better.Neither);
        yield return Figure.Exact(FigureNames.DivergedWrites, subject, Unit.Count, Diverged);
        if (Problem is not null)
        {
            yield break;
        }

        yield return Figure.Exact(FigureNames.LostWrites, subject, Unit.Count, Lost);
        yield return Figure.Exact(FigureNames.RecoveryPoint, subject, Unit.Seconds, Age.TotalSeconds);
        yield return Figure.Exact(FigureNames.DuplicatedWrites, subject, Unit.Count, Duplicated);
        if (Indeterminate is { } indeterminate)
        {
            yield return Figure.Exact(FigureNames.IndeterminateWrites, subject, Unit.Count, indeterminate, Better.Neither);
        }
    }
}
