namespace ChaosHarness.Schedules;

/// <summary>What the steps around a step say of its faults.</summary>
/// <param name="Name">What a fault is called, made from its own name.</param>
/// <param name="Lasts">How long they last from their strike; null when nobody says.</param>
internal sealed record StepContext(Func<string, string> Name, TimeSpan? Lasts)
{
    public static StepContext None { get; } = new(name => name, null);
}
