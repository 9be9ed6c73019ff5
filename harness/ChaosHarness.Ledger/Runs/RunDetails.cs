namespace ChaosHarness.Ledger.Runs;

/// <summary>What of a run is kept to be read one by one: parts of its journal, as JSON in the journal's own form.</summary>
/// <param name="Hypothesis">What was expected of the system.</param>
/// <param name="Faults">The faults.</param>
/// <param name="Verdicts">How each expectation was met.</param>
/// <param name="Breakers">What each circuit breaker did.</param>
/// <param name="LatencyHistogram">How the latencies from the injection on were spread; null where only their percentiles were kept.</param>
/// <param name="Timeline">What happened, in order.</param>
/// <param name="Journal">The name of the journal's file.</param>
public sealed record RunDetails(string Hypothesis, string Faults, string Verdicts, string Breakers, string? LatencyHistogram, string Timeline, string Journal);
