namespace ChaosHarness.GameDay.Board;

/// <summary>An event as it goes to viewers.</summary>
/// <param name="Number">Its place in the stream, from 1.</param>
/// <param name="RunId">Which run it is of.</param>
/// <param name="Event">What it is.</param>
/// <param name="Json">The same, with its run.</param>
internal sealed record BoardLine(int Number, string RunId, BoardEvent Event, byte[] Json);
