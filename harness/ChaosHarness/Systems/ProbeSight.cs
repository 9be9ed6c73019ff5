namespace ChaosHarness.Systems;

/// <summary>What a probe sees that only opens connections: that somebody at an address accepts them, whoever that is.</summary>
/// <param name="Host">The host name or address that it connects to.</param>
/// <param name="Port">The port.</param>
public sealed record ProbeSight(string Host, int Port);
