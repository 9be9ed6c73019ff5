using ChaosHarness.Timing;

namespace ChaosHarness.Recovery.Moments;

internal sealed record LatestMoment(string? Promised) : RestoreMoment
{
    internal override string? Mistake => Promised is null ? null : WrongTime(nameof(Latest), Promised);

    /// <summary>How far behind the copy may be; null when it promises nothing.</summary>
    public TimeSpan? Behind => Promised is { } text && DurationText.TryParse(text, out var time) ? time : null;

    public override string ToString() => Promised is null ? "the latest" : $"the latest, at most {Promised} behind";

    internal override DateTimeOffset? Of(DateTimeOffset now) => null;
}
