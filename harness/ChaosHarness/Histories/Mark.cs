namespace ChaosHarness.Histories;

/// <summary>Something that happened in a run and is neither an operation, nor a signal, nor a fault.</summary>
/// <param name="At">Time since the start of the run.</param>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Source">Who or what.</param>
/// <param name="Detail">In a few words.</param>
public sealed record Mark(TimeSpan At, MarkKind Kind, string Source, string Detail);
