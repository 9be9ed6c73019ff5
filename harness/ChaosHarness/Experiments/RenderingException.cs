namespace ChaosHarness.Experiments;

/// <summary>A run was recorded, and its record could not be rendered everywhere. It says nothing of the run.</summary>
/// <param name="runs">The records, and what kept them from being rendered.</param>
public sealed class RenderingException(SealedRuns runs) : Exception(string.Join("; ", runs?.Problems ?? []))
{
    /// <summary>The records, which are complete.</summary>
    public IReadOnlyList<RunRecord> Records { get; } = runs?.Records ?? [];
}
