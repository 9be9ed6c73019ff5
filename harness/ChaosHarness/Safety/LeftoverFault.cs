namespace ChaosHarness.Safety;

/// <summary>A fault that an earlier run left behind when it was killed, or could not undo.</summary>
/// <param name="Id">Its id, for <see cref="LeftoverFaults.Discard"/>.</param>
/// <param name="Fault">What it did.</param>
/// <param name="Journal">The path of the fault journal that it stands in.</param>
/// <param name="Problem">Why it is not undone, and what a person does about it; null when it is.</param>
public sealed record LeftoverFault(string Id, string Fault, string Journal, string? Problem)
{
    /// <summary>The components that it hit; empty when nobody noted them.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>The <see cref="Systems.SystemIdentity.Key"/> of the system that it hit; null when nobody noted it.</summary>
    public string? System { get; init; }

    /// <summary>When it was planned, UTC.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Whether another process is undoing what its run left; which faults those are is not known then.</summary>
    public bool IsBeingUndone { get; init; }

    /// <summary>Whether nobody here knows how to undo it: then it is not tried again.</summary>
    internal bool IsOfUnknownKind { get; init; }

    /// <summary>Whether an experiment would hit what this fault may still hold: then it has to wait until this is undone.</summary>
    /// <param name="system">The key of the experiment's system.</param>
    /// <param name="targets">The components that the experiment hits.</param>
    /// <returns>True when it would; what nobody noted is taken for the same.</returns>
    public bool Blocks(string system, IEnumerable<string> targets) =>
        Problem is not null && (System is null || System == system) && (Targets.Count == 0 || targets.Any(Targets.Contains));
}
