using ChaosHarness.Reports.Pages;
using Microsoft.Playwright;

namespace ChaosHarness.Reports.Tests.Pages;

/// <summary>Takes the pictures of the docs: <c>dotnet test --filter FullyQualifiedName~Pictures</c>.</summary>
[Explicit("Writes to docs/images.")]
public sealed class Pictures
{
    [Test]
    public async Task Are_taken()
    {
        var root = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
        while (!root!.EnumerateFiles("ChaosHarness.sln").Any())
        {
            root = root.Parent;
        }

        var images = Path.Combine(root.FullName, "docs", "images");
        var folder = Directory.CreateTempSubdirectory("pictures-");
        var file = Path.Combine(folder.FullName, "scorecard.html");
        var runs = Scorecards.Eventful().Where(run => run.Name != Scorecards.Hostile);
        await File.WriteAllTextAsync(file, ScorecardPage.Write(await Scorecards.OfAsync(runs) with { Ledger = "artifacts/history/ledger.db" }, AllureLinks.Read(folder.FullName, folder.FullName)));
        await using var browser = await Browser.StartAsync();

        var wide = await browser.OpenAsync(file);
        await wide.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(images, "scorecard.png") });
        await wide.Locator("#experiments .cards").ScrollIntoViewIfNeededAsync();
        await wide.EvaluateAsync("() => document.querySelector('.cards').scrollIntoView()");
        await wide.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(images, "scorecard-cards.png") });
        var dark = await browser.OpenAsync(file, scheme: ColorScheme.Dark);
        await dark.EvaluateAsync("() => document.querySelector('#maturity').scrollIntoView()");
        await dark.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(images, "scorecard-dark.png") });
        var phone = await browser.OpenAsync(file, 360);
        await phone.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(images, "scorecard-phone.png") });
        folder.Delete(recursive: true);
    }
}
