namespace ChaosHarness.Safety;

/// <summary>A stop condition as one run asks it.</summary>
/// <param name="Name">What it watches, for messages.</param>
/// <param name="WhyStopAsync">Gives the reason to halt, or null to go on.</param>
internal sealed record StopCheck(string Name, Func<CancellationToken, ValueTask<string?>> WhyStopAsync);
