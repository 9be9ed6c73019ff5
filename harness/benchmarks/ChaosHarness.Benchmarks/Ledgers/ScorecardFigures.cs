using System.Globalization;
using ChaosHarness.Ledger;
using ChaosHarness.Ledger.Scorecards;
using ChaosHarness.Reports.Pages;
using Microsoft.Playwright;

namespace ChaosHarness.Benchmarks.Ledgers;

/// <summary>The page of two hundred experiments: its size, and when a browser has painted it.</summary>
internal static class ScorecardFigures
{
    private const int Experiments = 200;
    private const int Rounds = 7;

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("chaosharness-scorecard-");
        try
        {
            var page = Path.Combine(folder.FullName, "scorecard.html");
            var now = DateTimeOffset.UtcNow;
            await using (var ledger = await RunLedger.OpenAsync(LedgerAddress.Parse("ledger.db", folder.FullName)))
            {
                await GeneratedHistory.FillAsync(ledger, Experiments * 100, Experiments, now);
                await File.WriteAllTextAsync(page, ScorecardPage.Write(await ScorecardReader.ReadAsync(ledger, new ScorecardOptions { CostPerMinute = 5600 }, now), AllureLinks.Read(folder.FullName, folder.FullName)));
            }

            Figures.Print("scorecard of 200 experiments", $"{new FileInfo(page).Length / 1000} kB", "at most 2 000 kB");
            await PaintAsync(new Uri(page).AbsoluteUri);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task PaintAsync(string address)
    {
        if (PaperCopy.Find() is not { } chromium)
        {
            Console.WriteLine("Painting was not measured: no Chromium is installed.");
            return;
        }

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = chromium, Args = ["--no-sandbox", "--disable-gpu"] });
        var paints = new List<double>();
        var loads = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            await using var context = await browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1200, Height = 900 } });
            var page = await context.NewPageAsync();
            await page.GotoAsync(address);
            paints.Add(await page.EvaluateAsync<double>("() => new Promise(done => new PerformanceObserver(list => done(list.getEntriesByName('first-contentful-paint')[0].startTime)).observe({ type: 'paint', buffered: true }))"));
            // Two frames on, what was laid out by then is on the screen.
            loads.Add(await page.EvaluateAsync<double>("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.getEntriesByType('navigation')[0].loadEventEnd))))"));
        }

        paints.Sort();
        loads.Sort();
        Figures.Print("first contentful paint: median, slowest", $"{Text(paints[Rounds / 2])}, {Text(paints[^1])}", "at most 1 000 ms");
        Figures.Print("loaded whole: median, slowest", $"{Text(loads[Rounds / 2])}, {Text(loads[^1])}", "at most 1 000 ms");
    }

    private static string Text(double milliseconds) => milliseconds.ToString("0", CultureInfo.InvariantCulture) + " ms";
}
