namespace ChaosHarness.Safety;

/// <summary>
/// Says whether a run may begin at this moment, as a calendar of working hours does. Asked in the guard, and again where a run has waited for its
/// system since. What it does not answer within <see cref="Calls.CallLimits.Permit"/>, or throws, is a refusal: what is unknown is refused.
/// </summary>
public interface IRunPermit
{
    /// <summary>Why a run must not begin now.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits for the answer any more.</param>
    /// <returns>A sentence for people that names the rule, and what would allow the run; null when it may begin.</returns>
    ValueTask<string?> WhyRefusedAsync(IntendedRun run, CancellationToken cancellationToken);
}
