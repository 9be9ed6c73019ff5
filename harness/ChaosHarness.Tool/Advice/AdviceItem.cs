namespace ChaosHarness.Tool.Advice;

/// <summary>Something to do next.</summary>
/// <param name="Importance">The higher, the sooner; 0 to 100.</param>
/// <param name="Reason">Why.</param>
/// <param name="Subject">The experiment, or what else is missing.</param>
/// <param name="Text">The same in a sentence.</param>
/// <param name="Command">What does it; null where a person has to.</param>
internal sealed record AdviceItem(int Importance, AdviceReason Reason, string Subject, string Text, string? Command);
