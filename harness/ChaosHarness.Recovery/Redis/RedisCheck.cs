namespace ChaosHarness.Recovery.Redis;

/// <summary>A command that has to give a value.</summary>
/// <param name="Name">What it looks at, such as <c>customers</c>.</param>
/// <param name="Expected">The answer as text, such as <c>1000</c>.</param>
/// <param name="Command">The command, such as <c>HLEN</c>, <c>customers</c>.</param>
public sealed record RedisCheck(string Name, string Expected, params IReadOnlyList<string> Command);
