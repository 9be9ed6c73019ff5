using ChaosHarness.Ledger;
using ChaosHarness.Ledger.Scorecards;
using ChaosHarness.Reports.Pages;

namespace ChaosHarness.Benchmarks.Ledgers;

/// <summary>What the report program does, in a process of its own, so that its memory is its own too.</summary>
internal static class ScorecardProcess
{
    public const string Argument = "--scorecard-process";

    public static async Task WriteAsync(string path, string folder)
    {
        await using var ledger = await RunLedger.OpenAsync(LedgerAddress.Parse(path, folder));
        var scorecard = await ScorecardReader.ReadAsync(ledger, new ScorecardOptions(), DateTimeOffset.UtcNow);
        await File.WriteAllTextAsync(Path.Combine(folder, "scorecard.html"), ScorecardPage.Write(scorecard, AllureLinks.Read(folder, folder)));
        await File.WriteAllBytesAsync(Path.Combine(folder, "scorecard.json"), ScorecardJson.Write(scorecard));
    }
}
