namespace ChaosHarness.Logs;

/// <summary>What a component wrote around a moment that matters.</summary>
/// <param name="Component">The component.</param>
/// <param name="Moment">Such as <c>injection</c> or <c>recovery</c>.</param>
/// <param name="Lines">The lines, in order.</param>
public sealed record LogExcerpt(string Component, string Moment, IReadOnlyList<LogLine> Lines);
