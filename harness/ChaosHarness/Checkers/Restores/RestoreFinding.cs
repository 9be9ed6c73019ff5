namespace ChaosHarness.Checkers.Restores;

/// <summary>What restored copies turned out to be worth.</summary>
public sealed record RestoreFinding : Finding
{
    internal RestoreFinding(IReadOnlyList<RestoreOutcome> restores)
        : base([.. restores.SelectMany(restore => FiguresOf(restore, restores.Count == 1 ? "" : restore.Copy.Name))]) => Restores = restores;

    /// <summary>Each of them, in the order in which they were over.</summary>
    public IReadOnlyList<RestoreOutcome> Restores { get; }

    /// <summary>What became of each, in words.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Restores switch
    {
        [] => "nothing was restored",
        [var only] => only.ToString(),
        _ => string.Join("; ", Restores.Select(restore => $"{restore.Copy.Name}: {restore}")),
    };

    private static IEnumerable<Figure> FiguresOf(RestoreOutcome restore, string subject)
    {
        if (!restore.Copy.IsOfBrokenBackup)
        {
            // One that failed has no time in which it would have been there.
            yield return new Figure(FigureNames.RestoreTime, subject, Unit.Seconds, restore.Time.TotalSeconds, restore.Copy.Problem is null ? restore.Time.TotalSeconds : null);
        }

        foreach (var phase in restore.Copy.Phases.GroupBy(phase => phase.Name))
        {
            yield return Figure.Exact(FigureNames.RestorePhase(phase.Key), subject, Unit.Seconds, phase.Sum(part => part.When.Length.TotalSeconds));
        }

        if (restore.Copy.Problem is not null)
        {
            yield break;
        }

        yield return Figure.Exact(FigureNames.RestoreChecksFailed, subject, Unit.Count, restore.Copy.Checks.Count(check => !check.Passed));
        if (restore.IsReconciled)
        {
            yield return Figure.Exact(FigureNames.RestoreMissing, subject, Unit.Count, restore.Missing);
            yield return Figure.Exact(FigureNames.RestoreTooNew, subject, Unit.Count, restore.TooNew);
            yield return Figure.Exact(FigureNames.RestoreLacks, subject, Unit.Count, restore.Lacks);
            yield return Figure.Exact(FigureNames.RestorePoint, subject, Unit.Seconds, restore.Age.TotalSeconds);
        }
    }
}
