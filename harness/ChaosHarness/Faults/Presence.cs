namespace ChaosHarness.Faults;

/// <summary>Whether a fault is still in force, and how it was seen that it is not.</summary>
public sealed record Presence
{
    private Presence(PresenceKind kind, string? detail) => (Kind, Detail) = (kind, detail);

    /// <summary>Nobody can tell.</summary>
    public static Presence Unknown { get; } = new(PresenceKind.Unknown, null);

    /// <summary>It is in force.</summary>
    public static Presence There { get; } = new(PresenceKind.There, null);

    /// <summary>In a word.</summary>
    public PresenceKind Kind { get; }

    /// <summary>What was seen, where it is in force no more.</summary>
    public string? Detail { get; }

    /// <summary>The system under test ended it itself.</summary>
    /// <param name="detail">What was seen.</param>
    /// <returns>The answer.</returns>
    public static Presence Superseded(string detail) => new(PresenceKind.Superseded, detail);

    /// <summary>Somebody else took it away.</summary>
    /// <param name="detail">What was seen.</param>
    /// <returns>The answer.</returns>
    public static Presence Gone(string detail) => new(PresenceKind.Gone, detail);
}
