using Polly;
using Polly.CircuitBreaker;

namespace ChaosHarness.Polly;

/// <summary>Outside of a breaker: counts the calls that it refused. A refusal of another breaker further in was let through by this one.</summary>
internal sealed class OuterCount(BreakerCounters counters, ResiliencePropertyKey<bool> passed) : ResilienceStrategy
{
    protected override async ValueTask<Outcome<TResult>> ExecuteCore<TResult, TState>(Func<ResilienceContext, TState, ValueTask<Outcome<TResult>>> callback, ResilienceContext context, TState state)
    {
        context.Properties.Set(passed, false);
        var outcome = await callback(context, state).ConfigureAwait(context.ContinueOnCapturedContext);
        if (outcome.Exception is BrokenCircuitException && !context.Properties.GetValue(passed, false))
        {
            counters.Reject();
        }

        return outcome;
    }
}
