namespace ChaosHarness.Safety;

/// <summary>A run that is about to begin, as those are told who may refuse it.</summary>
/// <param name="Experiment">The name of the experiment.</param>
/// <param name="System">The system that it breaks.</param>
/// <param name="Environment">Where that runs; null when nobody says, which is refused anyway.</param>
/// <param name="At">When it would begin, by the clock of the runs.</param>
public sealed record IntendedRun(string Experiment, string System, string? Environment, DateTimeOffset At);
