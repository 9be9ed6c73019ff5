namespace ChaosHarness.Processes;

/// <summary>How a process of the sample system is started.</summary>
internal sealed record ProcessPlan(string Name, string Program, IReadOnlyList<string> Arguments, string WorkingFolder)
{
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The user that it runs as; null for that of this process.</summary>
    public string? User { get; init; }

    /// <summary>Called for each line that it writes, on any thread.</summary>
    public Action<string> OnLine { get; init; } = static _ => { };
}
