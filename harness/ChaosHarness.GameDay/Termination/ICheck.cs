namespace ChaosHarness.GameDay.Termination;

/// <summary>Looks whether something is well.</summary>
internal interface ICheck
{
    /// <summary>Why it is not; null when it is. What does not answer is not well.</summary>
    Task<string?> WhyBadAsync(CancellationToken cancellationToken);
}
