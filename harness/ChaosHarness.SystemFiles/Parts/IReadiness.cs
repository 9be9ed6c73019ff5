namespace ChaosHarness.SystemFiles.Parts;

/// <summary>When a component is ready.</summary>
internal interface IReadiness
{
    /// <summary>Looks once.</summary>
    /// <returns>What is missing; null when it is ready.</returns>
    ValueTask<string?> WhyNotAsync(CancellationToken cancellationToken);
}
