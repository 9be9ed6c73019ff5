namespace ChaosHarness.Safety;

/// <summary>A stop condition as one run asks it.</summary>
/// <param name="Name">What it watches, for messages.</param>
/// <param name="ReadAsync">Looks once.</param>
internal sealed record StopCheck(string Name, Func<CancellationToken, ValueTask<StopReading>> ReadAsync);
