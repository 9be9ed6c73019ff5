namespace ChaosHarness.Safety;

/// <summary>A lease, or why there is none.</summary>
public sealed record LeaseResult
{
    private LeaseResult(IHeldLease? held, string? refusal) => (Held, Refusal) = (held, refusal);

    /// <summary>The lease; null when it was refused.</summary>
    public IHeldLease? Held { get; }

    /// <summary>Who has the system, or what is wrong, and what to do about it; null when it was taken.</summary>
    public string? Refusal { get; }

    /// <summary>It was taken.</summary>
    /// <param name="held">The lease.</param>
    /// <returns>The answer.</returns>
    public static LeaseResult Taken(IHeldLease held) => new(held, null);

    /// <summary>It was not.</summary>
    /// <param name="refusal">Who has the system, or what is wrong, and what to do about it.</param>
    /// <returns>The answer.</returns>
    public static LeaseResult Refused(string refusal) => new(null, refusal);
}
