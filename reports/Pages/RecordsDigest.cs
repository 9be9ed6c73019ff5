using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ChaosHarness.Ledger.Runs;
using ChaosHarness.Ledger.Scorecards;

namespace ChaosHarness.Reports.Pages;

/// <summary>
/// A number that changes when a record does that a page is drawn from: who has the ledger can make it again and see that the paper was not changed.
/// SHA-256 of one line a run, sorted by their ids: id, series, start, outcome, and each figure with its bounds, apart by tabs.
/// </summary>
internal static class RecordsDigest
{
    public static string Of(Scorecard scorecard)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var run in scorecard.Experiments.SelectMany(card => card.Runs).OrderBy(run => run.RunId, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Line(run)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string Line(LedgerRun run)
    {
        var figures = run.Figures.Select(recorded => recorded.Figure).Select(figure => string.Create(CultureInfo.InvariantCulture, $"{figure.Name}|{figure.Subject}|{figure.Lower:R}|{figure.Upper:R}")).Order(StringComparer.Ordinal);
        return string.Join('\t', [run.RunId, run.ExperimentId, run.Parameters, run.Series.ToString(), run.StartedAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), run.Outcome.ToString(), .. figures]) + "\n";
    }
}
