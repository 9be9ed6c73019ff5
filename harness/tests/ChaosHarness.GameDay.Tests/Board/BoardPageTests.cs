using System.Net;
using ChaosHarness.Experiments;
using ChaosHarness.GameDay.Board;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace ChaosHarness.GameDay.Tests.Board;

/// <summary>The page, in a browser.</summary>
[NonParallelizable]
public sealed class BoardPageTests
{
    private const string Evil = "</script><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">";
    private Shop _shop = null!;
    private BoardWatcher _watcher = null!;
    private BoardBrowser _browser = null!;
    private Uri _board = null!;

    private RunnerOptions Options => _shop.Options with { Watchers = [_watcher] };

    [SetUp]
    public async Task Open()
    {
        _shop = new Shop();
        _watcher = new BoardWatcher(new BoardOptions(IPAddress.Loopback, 0), _shop.Settings);
        _board = (await _watcher.ServerAsync())!.Address;
        _browser = await BoardBrowser.StartAsync();
    }

    [TearDown]
    public async Task Close()
    {
        await _browser.DisposeAsync();
        await (await _watcher.ServerAsync())!.DisposeAsync();
        _shop.Dispose();
    }

    [Test]
    public async Task People_see_a_run_give_the_go_and_halt_it()
    {
        var script = new DrillScript { Scenario = "the shop is dark", AbortWhen = "money is lost", Participants = [new Participant("commander", "ann")], Steps = ["watch", "wait"] };
        var running = new ExperimentRunner(Options with { Go = new GoRequirement(TimeSpan.FromMinutes(2)) }).RunAsync(_shop.Experiment().Script(script).ObserveAtLeast("50s"));
        var page = await _browser.OpenAsync(_board.AbsoluteUri);
        await page.GetByText("It waits for a go").WaitForAsync();
        await Assertions.Expect(page.Locator("#script")).ToContainTextAsync("the shop is dark");
        await Assertions.Expect(page.Locator("#script")).ToContainTextAsync("the shop survives");
        await Assertions.Expect(page.Locator("#waiting-plan")).ToContainTextAsync("fault: switch it off");
        await Assertions.Expect(page.Locator("#halt")).ToBeEnabledAsync();
        await page.GetByLabel("Who you are").First.FillAsync("ann");
        await page.GetByRole(AriaRole.Button, new() { Name = "Go", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("#faults")).ToContainTextAsync("switch it off on shop: in force");
        await Assertions.Expect(page.Locator("#now")).ToContainTextAsync("not served for");
        await page.GetByLabel("What you see, decided or did").FillAsync("the pager rings " + Evil);
        await page.GetByRole(AriaRole.Button, new() { Name = "Note it" }).ClickAsync();
        await Assertions.Expect(page.Locator("#notes")).ToContainTextAsync("the pager rings </script>");

        // Halted with the keyboard alone, after it has asked once.
        await page.Locator("#halt").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#ask")).ToBeVisibleAsync();
        await page.GetByLabel("Why").FillAsync("enough");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        var record = await running;

        await Assertions.Expect(page.Locator("#state")).ToContainTextAsync("Halted: halted by ann: enough");
        Assert.That((record.Outcome, record.Go?.By, record.Go?.Plan), Is.EqualTo((Outcome.Halted, "ann", record.Plan!.Hash)), "with the plan that the page showed");
        await Assertions.Expect(page.Locator("#halt")).ToBeEnabledAsync();
        await Assertions.Expect(page.Locator("#phases")).ToContainTextAsync("Observe: halted: halted by ann");
        await Assertions.Expect(page.Locator("#phases .bad")).ToHaveCountAsync(0);
        Assert.That(await page.TitleAsync(), Is.EqualTo("Halted the shop survives"));
        Assert.That(_browser.Problems, Is.Empty);
    }

    [Test]
    public async Task Nothing_that_somebody_writes_is_executed_neither_live_nor_kept()
    {
        var running = new ExperimentRunner(Options).RunAsync(_shop.Experiment(Evil).ObserveAtLeast("2s").Deadline("2s"));
        var page = await _browser.OpenAsync(_board.AbsoluteUri + "#" + Evil);
        using var viewer = new BoardViewer(_board, Evil);
        await viewer.SeesAsync("Fault", "InForce");
        await viewer.PostAsync("act", new { kind = "Note", by = Evil, role = Evil, text = Evil });
        var record = await running;
        await Assertions.Expect(page.Locator("#notes")).ToContainTextAsync("</script>");
        await Assertions.Expect(page.Locator("#state")).ToContainTextAsync(record.Outcome.ToString());
        Assert.That(await page.TitleAsync(), Does.Not.EqualTo("owned").And.Contain("</script>"));

        var kept = await _browser.OpenAsync(new Uri(Directory.EnumerateFiles(_shop.Journals, "*" + KeptPage.Suffix).Single()).AbsoluteUri);

        await Assertions.Expect(kept.Locator("#state")).ToContainTextAsync(record.Outcome.ToString());
        await Assertions.Expect(kept.Locator("#notes")).ToContainTextAsync("</script>");
        Assert.That(await kept.TitleAsync(), Does.Not.EqualTo("owned").And.Contain("</script>"));
        await Assertions.Expect(kept.Locator("#halt")).ToBeHiddenAsync();
        Assert.That(_browser.Problems, Is.Empty);
    }

    [TestCase("light", 1280)]
    [TestCase("dark", 1280)]
    [TestCase("light", 360)]
    [TestCase("dark", 360)]
    public async Task Axe_finds_nothing_wrong(string colours, int width)
    {
        await new ExperimentRunner(Options).RunAsync(_shop.Experiment().Deadline("1s").Script(new DrillScript { Scenario = "dark", Steps = ["watch"] }));
        var page = await _browser.OpenAsync(_board.AbsoluteUri, width, colours == "dark" ? ColorScheme.Dark : ColorScheme.Light, withPolicy: false);
        await Assertions.Expect(page.Locator("#state")).ToContainTextAsync("ed");

        var found = await page.RunAxe();

        Assert.That(found.Violations.Select(violation => $"{violation.Id}: {string.Join(", ", violation.Nodes.Select(node => node.Html))}"), Is.Empty);
        Assert.That(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(width), "nothing is cut off");
        await page.EvaluateAsync("document.getElementById('ask').showModal()");
        Assert.That((await page.RunAxe()).Violations.Select(violation => violation.Id), Is.Empty, "the question too");
    }

    // As a proxy does that waits for the end of an answer before it hands any of it on.
    [Test]
    public async Task Behind_what_keeps_streams_back_the_page_shows_the_run_all_the_same()
    {
        var running = new ExperimentRunner(Options).RunAsync(_shop.Experiment().ObserveAtLeast("8s").Deadline("8s"));
        var page = await _browser.OpenAsync(_board.AbsoluteUri, before: "window.EventSource = class { close() { } addEventListener() { } };");

        await Assertions.Expect(page.Locator("#faults")).ToContainTextAsync("in force, undone in", new() { Timeout = 30_000 });
        var record = await running;
        await Assertions.Expect(page.Locator("#state")).ToContainTextAsync(record.Outcome.ToString());

        Assert.That(_browser.Problems, Is.Empty);
    }

    // Its clock is an hour off: what is shown are the times of the board.
    [Test]
    public async Task The_clock_of_the_browser_does_not_matter()
    {
        var running = new ExperimentRunner(Options).RunAsync(_shop.Experiment().ObserveAtLeast("4s").Deadline("4s"));
        var page = await _browser.OpenAsync(_board.AbsoluteUri, before: "const now = Date.now; Date.now = () => now() + 3600000;");
        await Assertions.Expect(page.Locator("#faults")).ToContainTextAsync("in force, undone in");

        var shown = await page.Locator("#faults").InnerTextAsync();

        Assert.That(shown, Does.Match("undone in (9m|10m|59[0-9]s)"), "ten minutes, less what has passed");
        await running;
    }
}
