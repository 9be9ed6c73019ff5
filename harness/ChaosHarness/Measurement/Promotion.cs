namespace ChaosHarness.Measurement;

/// <summary>A node took over: from then on only it may acknowledge writes.</summary>
/// <param name="Node">The new primary, named as in acknowledgements.</param>
/// <param name="At">When it was surely primary, since the start of the run.</param>
public readonly record struct Promotion(string Node, TimeSpan At);
