using Polly;
using Polly.CircuitBreaker;

namespace ChaosHarness.Polly;

/// <summary>Adds circuit breakers whose changes are reported.</summary>
public static class ReportedCircuitBreakers
{
    /// <summary>Adds a circuit breaker, and reports what it does.</summary>
    /// <param name="builder">The pipeline.</param>
    /// <param name="options">The breaker's options; what they call on a change is still called.</param>
    /// <param name="reports">Where its changes are kept.</param>
    /// <param name="breaker">What it is called, such as <c>database</c>. One for each dependency: breakers of one name are counted together.</param>
    /// <returns>The pipeline.</returns>
    public static ResiliencePipelineBuilder AddCircuitBreaker(this ResiliencePipelineBuilder builder, CircuitBreakerStrategyOptions options, BreakerReports reports, string breaker) =>
        AddReported<ResiliencePipelineBuilder, CircuitBreakerStrategyOptions, object>(builder, options, reports, breaker, (pipeline, watched) => pipeline.AddCircuitBreaker(watched));

    /// <summary>Adds a circuit breaker, and reports what it does.</summary>
    /// <typeparam name="TResult">What calls return.</typeparam>
    /// <param name="builder">The pipeline.</param>
    /// <param name="options">The breaker's options; what they call on a change is still called.</param>
    /// <param name="reports">Where its changes are kept.</param>
    /// <param name="breaker">What it is called, such as <c>database</c>. One for each dependency: breakers of one name are counted together.</param>
    /// <returns>The pipeline.</returns>
    public static ResiliencePipelineBuilder<TResult> AddCircuitBreaker<TResult>(this ResiliencePipelineBuilder<TResult> builder, CircuitBreakerStrategyOptions<TResult> options, BreakerReports reports, string breaker) =>
        AddReported<ResiliencePipelineBuilder<TResult>, CircuitBreakerStrategyOptions<TResult>, TResult>(builder, options, reports, breaker, (pipeline, watched) => pipeline.AddCircuitBreaker(watched));

    private static TBuilder AddReported<TBuilder, TOptions, TResult>(TBuilder builder, TOptions options, BreakerReports reports, string breaker, Func<TBuilder, TOptions, TBuilder> add)
        where TBuilder : ResiliencePipelineBuilderBase
        where TOptions : CircuitBreakerStrategyOptions<TResult>
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(reports);
        ArgumentException.ThrowIfNullOrEmpty(breaker);
        var (opened, halfOpened, closed) = (options.OnOpened, options.OnHalfOpened, options.OnClosed);
        options.OnOpened = change => Changed(change.IsManual ? "Isolated" : "Open", opened, change);
        options.OnHalfOpened = change => Changed("HalfOpen", halfOpened, change);
        options.OnClosed = change => Changed("Closed", closed, change);
        var counters = reports.CountersOf(breaker);
        var passed = new ResiliencePropertyKey<bool>($"ChaosHarness.Polly.Passed.{breaker}");
        builder.AddStrategy(_ => new OuterCount(counters, passed), new CountOptions());
        add(builder, options);
        builder.AddStrategy(_ => new InnerCount(counters, passed), new CountOptions());
        // What its counters were at the start is known from here.
        reports.Changed(breaker, "Closed");
        return builder;

        // Reported first: what the service does on a change may take its time, or fail.
        ValueTask Changed<TChange>(string state, Func<TChange, ValueTask>? own, TChange change)
        {
            reports.Changed(breaker, state);
            return own is null ? default : own(change);
        }
    }
}
