using ChaosHarness.Timing;

namespace ChaosHarness.Recovery.Moments;

internal sealed record EarlierMoment(string Least, string Most, int Seed) : RestoreMoment
{
    internal override string? Mistake => WrongTime(Least == Most ? nameof(Ago) : nameof(Random), Most);

    public override string ToString() => Least == Most ? $"{Most} ago" : $"a moment of the last {Most} (seed {Seed})";

    internal override DateTimeOffset? Of(DateTimeOffset now)
    {
        var (least, most) = (DurationText.TryParse(Least, out var nearest) ? nearest : TimeSpan.Zero, DurationText.TryParse(Most, out var furthest) ? furthest : TimeSpan.Zero);
        return now - least - ((most - least) * new Random(Seed).NextDouble());
    }
}
