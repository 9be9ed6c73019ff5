namespace ChaosHarness.Experiments;

/// <summary>What a watcher of a whole test assembly may need to know.</summary>
public sealed record WatcherSettings
{
    /// <summary>Those of its parameters that the profile has, trimmed.</summary>
    /// <value>Default: none.</value>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>The folder that relative paths are meant from: where the solution is.</summary>
    public required string BaseFolder { get; init; }

    /// <summary>Where the journals of the runs are.</summary>
    public required string JournalFolder { get; init; }

    /// <summary>The folder of the session, in which people say what they do, and a file halts it.</summary>
    public required string SessionFolder { get; init; }

    /// <summary>Tells people something, at once.</summary>
    /// <value>Default: says nothing.</value>
    public Action<string> Tell { get; init; } = static _ => { };
}
