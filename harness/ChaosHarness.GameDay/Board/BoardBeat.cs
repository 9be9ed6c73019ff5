namespace ChaosHarness.GameDay.Board;

/// <summary>What viewers are told every second: that the board is there, what time it is here, and who else looks on.</summary>
/// <param name="Now">The time here, in milliseconds since 1970.</param>
/// <param name="Viewers">How many look on.</param>
/// <param name="People">Those of them who said who they are.</param>
internal sealed record BoardBeat(long Now, int Viewers, IReadOnlyList<string> People);
