namespace ChaosHarness.Experiments;

/// <summary>What a recorder of a whole test assembly may need to know.</summary>
public sealed record RecorderSettings
{
    /// <summary>The variable of the environment that says where the history of runs is kept.</summary>
    public const string LedgerVariable = "CHAOSHARNESS_LEDGER";

    /// <summary>The folder that relative paths are meant from: where the solution is.</summary>
    public required string BaseFolder { get; init; }

    /// <summary>Where the journals of the runs are.</summary>
    public required string JournalFolder { get; init; }

    /// <summary>Where the results of tests are to be written; null when no report is wanted.</summary>
    public string? ResultsFolder { get; init; }

    /// <summary>Where the history of runs is kept: a file, or the connection string of a database; null for the default.</summary>
    public string? Ledger { get; init; }

    /// <summary>Tells people about something that went wrong and does not make the run Broken.</summary>
    /// <value>Default: says nothing.</value>
    public Action<string> Warn { get; init; } = static _ => { };
}
