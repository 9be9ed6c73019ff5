namespace ChaosHarness.Experiments;

/// <summary>Who takes part in a drill.</summary>
/// <param name="Role">As what, such as <c>incident commander</c>.</param>
/// <param name="Name">Who; null when that is open.</param>
public sealed record Participant(string Role, string? Name = null);
