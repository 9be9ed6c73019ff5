using Microsoft.Playwright;

namespace ChaosHarness.GameDay.Tests.Board;

/// <summary>The Chromium of this machine, headless.</summary>
internal sealed class BoardBrowser : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private BoardBrowser(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <summary>Everything that pages complained of, and every request for anything but the board.</summary>
    public List<string> Problems { get; } = [];

    public static async Task<BoardBrowser> StartAsync()
    {
        var path = Environment.GetEnvironmentVariable("CHAOSHARNESS_CHROMIUM") ?? (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
        Assert.That(path, Is.Not.Null, "Chromium is not installed: apt-get install chromium, or set CHAOSHARNESS_CHROMIUM");
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = path,
            Args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        return new BoardBrowser(playwright, browser);
    }

    public async Task<IPage> OpenAsync(string address, int width = 1200, ColorScheme scheme = ColorScheme.Light, string? before = null, bool withPolicy = true)
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = 900 }, ColorScheme = scheme, BypassCSP = !withPolicy });
        context.SetDefaultTimeout(60_000);
        var page = await context.NewPageAsync();
        page.Console += (_, message) => Problems.Add($"{message.Type}: {message.Text}");
        page.PageError += (_, error) => Problems.Add(error);
        var root = address.Split('#')[0];
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(root, StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
            {
                Problems.Add("request: " + request.Url);
            }
        };
        if (before is not null)
        {
            await page.AddInitScriptAsync(before);
        }

        await page.GotoAsync(address);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
