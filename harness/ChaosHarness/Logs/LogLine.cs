namespace ChaosHarness.Logs;

/// <summary>A line of a log.</summary>
/// <param name="At">When it was read, since the start of the run.</param>
/// <param name="Text">The line, with what looks like a secret masked.</param>
public sealed record LogLine(TimeSpan At, string Text);
