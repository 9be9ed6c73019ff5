using ChaosHarness.Timing;

namespace ChaosHarness.Recovery.Moments;

/// <summary>To which moment a backup is restored. A value.</summary>
public abstract record RestoreMoment
{
    private protected RestoreMoment()
    {
    }

    /// <summary>What is wrong with how it was made; null when nothing is.</summary>
    internal virtual string? Mistake => null;

    /// <summary>The latest that there is. What the copy lacks then is what whoever goes on from it loses.</summary>
    /// <param name="behind">How far behind it may be at most, such as <c>1m</c>: what was acknowledged before that has to be there. Null when it promises nothing.</param>
    /// <returns>The moment.</returns>
    public static RestoreMoment Latest(string? behind = null) => new LatestMoment(behind);

    /// <summary>A while before the restore begins.</summary>
    /// <param name="time">Such as <c>10s</c>.</param>
    /// <returns>The moment.</returns>
    public static RestoreMoment Ago(string time) => new EarlierMoment(time, time, 0);

    /// <summary>A moment by the clock of the database, such as the one before a mistake was made.</summary>
    /// <param name="moment">The moment.</param>
    /// <returns>The moment.</returns>
    public static RestoreMoment At(DateTimeOffset moment) => new FixedMoment(moment);

    /// <summary>Any moment of a while before the restore begins, drawn anew by each seed: whoever always tests the same one finds out nothing of the others.</summary>
    /// <param name="within">How far back at most, such as <c>168h</c>; no further than backups are kept.</param>
    /// <param name="seed">Says which; null to draw it.</param>
    /// <returns>The moment.</returns>
    public static RestoreMoment Random(string within, int? seed = null) => new EarlierMoment("0s", within, seed ?? System.Random.Shared.Next());

    /// <summary>The moment, where it is one: null for the latest.</summary>
    /// <param name="now">What the database's clock says.</param>
    internal abstract DateTimeOffset? Of(DateTimeOffset now);

    private protected static string? WrongTime(string option, string text) => DurationText.TryParse(text, out var time) && time >= TimeSpan.Zero ? null : $"RestoreMoment.{option}: '{text}' is not a duration such as 10s.";
}
