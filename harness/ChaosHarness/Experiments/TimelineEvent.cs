namespace ChaosHarness.Experiments;

/// <summary>Something that happened in a run.</summary>
/// <param name="At">Time since the start of the run.</param>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Source">Who or what.</param>
/// <param name="Detail">In a few words.</param>
public sealed record TimelineEvent(TimeSpan At, TimelineKind Kind, string Source, string Detail);
