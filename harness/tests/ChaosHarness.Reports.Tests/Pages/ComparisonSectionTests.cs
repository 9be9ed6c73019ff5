using ChaosHarness.Checkers;
using ChaosHarness.Experiments;
using ChaosHarness.Ledger.Runs;
using ChaosHarness.Ledger.Tests.Runs;
using ChaosHarness.Reports.Pages;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace ChaosHarness.Reports.Tests.Pages;

/// <summary>The same experiment on several systems, as a reader has it.</summary>
public sealed class ComparisonSectionTests
{
    private const string Name = "Standby takes over and keeps every acknowledged order";
    private string _page = "";
    private Browser _browser = null!;

    [OneTimeSetUp]
    public async Task WriteAsync()
    {
        var scorecard = await Scorecards.OfAsync(Runs());
        _page = Path.Combine(Directory.CreateTempSubdirectory("systems-").FullName, "scorecard.html");
        await File.WriteAllTextAsync(_page, ScorecardPage.Write(scorecard, AllureLinks.Read(Path.GetDirectoryName(_page)!, Path.GetDirectoryName(_page)!)));
        _browser = await Browser.StartAsync();
    }

    [OneTimeTearDown]
    public async Task RemoveAsync()
    {
        await _browser.DisposeAsync();
        Directory.Delete(Path.GetDirectoryName(_page)!, recursive: true);
    }

    [Test]
    public async Task Each_system_has_its_own_figures_and_leads_to_its_card()
    {
        var page = await _browser.OpenAsync(_page);
        var rows = page.Locator("#systems tbody tr");

        Assert.That(await page.Locator("#systems th[scope=rowgroup]").AllTextContentsAsync(), Is.EqualTo(new[] { Name }), "what ran in one place is not compared");
        Assert.That(await rows.CountAsync(), Is.EqualTo(3));
        Assert.That(await rows.Nth(0).Locator("td").AllTextContentsAsync(), Is.EqualTo(new[] { "containers", "shoplocal", "Failed", "2s", "2.84s..3s", "7 of 1000 writes, 0s", "99.5%", "0 of 1" }));
        Assert.That(await rows.Nth(1).Locator("td").Nth(0).TextContentAsync(), Is.EqualTo("local cloud"));
        Assert.That(await rows.Nth(2).Locator("td").AllTextContentsAsync(), Is.EqualTo(new[] { "processes", "shoplocal", "Passed", "2s", "475ms..500ms", "0 of 1000 writes", "99.5%", "1 of 1" }));
        var target = await rows.Nth(1).Locator("a").GetAttributeAsync("href");
        Assert.That(await page.Locator($"article{target}").TextContentAsync(), Does.Contain("aws, local, local cloud"));
    }

    [TestCase(1200)]
    [TestCase(360)]
    public async Task It_can_be_read_by_everybody(int width)
    {
        var page = await _browser.OpenAsync(_page, width, ColorScheme.Light, withPolicy: false);

        Assert.That((await page.RunAxe()).Violations.Select(violation => violation.Id), Is.Empty);
        Assert.That(await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(width));
    }

    [Test]
    public async Task Without_two_places_there_is_no_such_section() =>
        Assert.That(ScorecardPage.Write(await Scorecards.OfAsync([Make.Run()]), AllureLinks.Read(Path.GetDirectoryName(_page)!, Path.GetDirectoryName(_page)!)), Does.Not.Contain("different systems").And.Not.Contain("#systems"));

    private static IEnumerable<LedgerRun> Runs() =>
    [
        Make.Run("a", 0.5) with { Name = Name },
        (Make.Run("b", 3, Outcome.Failed) with { Name = Name, Topology = "containers" }).Measuring(FigureNames.LostWrites, 7),
        Make.Run("c", 60) with { Name = Name, System = "aws", Topology = "local cloud" },
        Make.Run("d", 1) with { Name = "Elsewhere only" },
    ];
}
