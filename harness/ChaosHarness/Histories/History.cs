namespace ChaosHarness.Histories;

/// <summary>What a run saw and did up to a moment: the only thing that measurements read. A prefix of it is a history too.</summary>
public sealed class History
{
    internal History(TimeSpan until) => Until = until;

    /// <summary>Nothing later is in it.</summary>
    public TimeSpan Until { get; }
}
