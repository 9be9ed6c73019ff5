namespace ChaosHarness.Hosts;

/// <summary>How a host is reached, as plain data: enough for another process to make the same host again.</summary>
/// <param name="Kind">Which kind of host it is, such as <c>ssh</c>.</param>
/// <param name="Parameters">What its kind needs to know. Never a secret: addresses are written to disk.</param>
public sealed record HostAddress(string Kind, IReadOnlyDictionary<string, string> Parameters);
