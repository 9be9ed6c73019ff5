using System.Globalization;
using ChaosHarness.Experiments;

namespace ChaosHarness.Reports.Pages;

/// <summary>The share of its objective that a recovery used, as a bar with both bounds.</summary>
internal static class RecoveryBar
{
    // The objective stands here, so that what is a little too long still shows by how much.
    private const double ObjectiveAt = 120;
    private const double Width = 160;

    /// <summary>Draws it; nothing without an objective, as there is nothing to draw against.</summary>
    public static Html Of(Headlines headlines)
    {
        if (headlines.Recovery is not { } recovery || headlines.Recovers is null || headlines.Rto is not { } rto || rto <= TimeSpan.Zero)
        {
            return Html.Empty;
        }

        double X(TimeSpan time) => Math.Clamp(time / rto * ObjectiveAt, 0, Width);
        var (from, to) = headlines.Interrupted == false && recovery.Upper is { } unseen ? (0, X(unseen)) : (X(recovery.Lower), recovery.Upper is { } upper ? X(upper) : Width);
        var isKept = headlines.RtoKept == true;
        var words = recovery.Upper is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known / rto * 100:0}% of the RTO") : "not recovered";
        return Html.Of($"""
            <svg class="bar" viewBox="0 0 160 14" role="img" aria-label="{words}"><path class="q" d="M0 7H{ObjectiveAt:0}"/><path class="{(isKept ? "p" : "f")}" d="M0 7H{Math.Max(to, 1):0.#}"/><path class="bounds" d="M{Math.Min(from, Width - 2):0.#} 1v12M{Math.Clamp(to, 1, Width - 1):0.#} 1v12"/><path class="rto" d="M{ObjectiveAt:0} 0v14"/></svg>
            """);
    }
}
