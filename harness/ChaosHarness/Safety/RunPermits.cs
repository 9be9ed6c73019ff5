using ChaosHarness.Calls;

namespace ChaosHarness.Safety;

/// <summary>Asks all who may refuse a run at this moment, side by side. No answer is a refusal.</summary>
internal sealed class RunPermits(IReadOnlyList<IRunPermit> permits, TimeProvider time, TimeSpan limit)
{
    private readonly ForeignCalls _calls = new(time);

    /// <summary>Why the run must not begin; null when all permit it.</summary>
    public async Task<string?> WhyRefusedAsync(IntendedRun run, CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(permits.Select(permit => AskAsync(permit, run, cancellationToken))).ConfigureAwait(false);
        return answers.FirstOrDefault(answer => answer is not null);
    }

    private async Task<string?> AskAsync(IRunPermit permit, IntendedRun run, CancellationToken cancellationToken)
    {
        var answer = await _calls.RunAsync(new Callee(permit.GetType().Name, "say whether a run may begin now"), token => permit.WhyRefusedAsync(run, token), limit, cancellationToken).ConfigureAwait(false);
        return answer.Problem is { } problem ? $"{problem}; what nobody permits is refused" : answer.Value;
    }
}
