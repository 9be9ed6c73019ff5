using ChaosHarness.Timing;

namespace ChaosHarness.Schedules;

/// <summary>A duration of a schedule as it was written; a bad one is kept as a mistake, so that building can name all of them at once.</summary>
internal sealed record StepTime(string Option, string Text)
{
    public TimeSpan Value => DurationText.TryParse(Text, out var value) ? value : TimeSpan.Zero;

    public string? Mistake => DurationText.TryParse(Text, out _) ? null : DurationText.Mistake(Option, Text);

    public override string ToString() => Text;
}
