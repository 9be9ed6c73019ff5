using ChaosHarness.Histories;

namespace ChaosHarness.Safety;

/// <summary>What a stop condition may look at.</summary>
/// <param name="History">What was seen so far.</param>
internal sealed record StopContext(History History);
