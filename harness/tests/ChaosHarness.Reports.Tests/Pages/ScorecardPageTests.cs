using ChaosHarness.Experiments;
using ChaosHarness.Ledger.Runs;
using ChaosHarness.Ledger.Scorecards;
using ChaosHarness.Ledger.Tests.Runs;
using ChaosHarness.Reports.Pages;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace ChaosHarness.Reports.Tests.Pages;

/// <summary>The page as a reader has it: in a real browser.</summary>
public sealed class ScorecardPageTests
{
    private string _folder = "";
    private string _page = "";
    private Scorecard _scorecard = null!;
    private Browser _browser = null!;

    [OneTimeSetUp]
    public async Task WriteAsync()
    {
        _folder = Directory.CreateTempSubdirectory("page-").FullName;
        _page = Path.Combine(_folder, "scorecard.html");
        _scorecard = await Scorecards.OfAsync(Scorecards.Eventful(), then: Scorecards.AddFindingsAsync);
        await File.WriteAllTextAsync(_page, ScorecardPage.Write(_scorecard, AllureLinks.Read(_folder, _folder)));
        _browser = await Browser.StartAsync();
    }

    [OneTimeTearDown]
    public async Task RemoveAsync()
    {
        await _browser.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task It_shows_everything_and_asks_for_nothing()
    {
        var page = await _browser.OpenAsync(_page);

        Assert.That(_browser.Complaints, Is.Empty);
        Assert.That(await page.TitleAsync(), Is.EqualTo("Disaster recovery scorecard"));
        Assert.That(await page.Locator("article").CountAsync(), Is.EqualTo(_scorecard.Experiments.Count));
        Assert.That(await page.Locator("#metrics tbody tr").CountAsync(), Is.EqualTo(5));
        Assert.That(await page.Locator(".level").CountAsync(), Is.EqualTo(4));
        Assert.That(await page.Locator("#money tbody tr").CountAsync(), Is.EqualTo(7));
        Assert.That(await page.Locator("text=Overdue: >> visible=true").Or(page.GetByText("wanted every 7 days")).First.IsVisibleAsync(), Is.True);
    }

    [Test]
    public async Task Charts_are_drawn_and_said_in_words()
    {
        var page = await _browser.OpenAsync(_page);
        await LayOutAllAsync(page);
        var card = page.Locator("article", new PageLocatorOptions { HasText = "A zone is lost and the others carry on" });
        var chart = card.Locator("svg[aria-label^='RTA of 60 runs']");

        Assert.That(await chart.CountAsync(), Is.EqualTo(1));
        var box = (await chart.BoundingBoxAsync())!;
        Assert.That(box.Width, Is.GreaterThan(200));
        Assert.That(await chart.GetAttributeAsync("aria-label"), Does.Contain("median").And.Contain("longest").And.Contain("RTO 2s"));
        Assert.That(await chart.Locator("path.p").EvaluateAsync<double>("path => path.getTotalLength()"), Is.GreaterThan(60));
        Assert.That(await chart.Locator("path.rto").CountAsync(), Is.EqualTo(1));
        Assert.That(await card.TextContentAsync(), Does.Contain("RTA grew from"));
        Assert.That(await page.Locator("article", new PageLocatorOptions { HasText = "Breaker does not flap" }).Locator("svg.strip path.f").CountAsync(), Is.EqualTo(1));
        Assert.That(await page.Locator("article", new PageLocatorOptions { HasText = "Half of the instances" }).TextContentAsync(), Does.Contain("No recovery was measured yet."));
    }

    [Test]
    public async Task Every_link_on_the_page_leads_to_a_place_on_it()
    {
        var page = await _browser.OpenAsync(_page);

        var broken = await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.getAttribute('href')).filter(h => !document.getElementById(h.slice(1)))");
        var twice = await page.EvaluateAsync<int>("() => { const ids = [...document.querySelectorAll('[id]')].map(e => e.id); return ids.length - new Set(ids).size; }");

        Assert.That(broken, Is.Empty);
        Assert.That(twice, Is.Zero);
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Lagging replica takes over" }).Last.ClickAsync();
        Assert.That(new Uri(page.Url).Fragment, Does.Match("^#e[0-9a-f]{12}$"));
    }

    // Once as it is, and once without its policy: even then nothing may run, because nothing is markup.
    [TestCase(true)]
    [TestCase(false)]
    public async Task Nothing_in_names_and_messages_runs(bool withPolicy)
    {
        var page = await _browser.OpenAsync(_page, withPolicy: withPolicy);
        await page.Locator("article", new PageLocatorOptions { HasText = "document.title" }).First.HoverAsync();

        Assert.That(await page.TitleAsync(), Is.EqualTo("Disaster recovery scorecard"));
        Assert.That(await page.Locator("script, img, [onerror], [onmouseover]").CountAsync(), Is.Zero);
        Assert.That(await page.Locator("h3", new PageLocatorOptions { HasText = "<script>document.title='owned'</script>" }).First.TextContentAsync(), Does.Contain("&amp;").And.Contain("\u00b7[31m").And.Not.Contain("\u202e"));
        Assert.That(await File.ReadAllTextAsync(_page), Does.Not.Contain("\u001b"));
    }

    [Test]
    public async Task Its_policy_would_stop_a_script_that_got_in()
    {
        var altered = Path.Combine(_folder, "altered.html");
        await File.WriteAllTextAsync(altered, (await File.ReadAllTextAsync(_page)).Replace("<main id=\"main\">", "<main id=\"main\"><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">", StringComparison.Ordinal));
        await using var browser = await Browser.StartAsync();

        var page = await browser.OpenAsync(altered);

        Assert.That(await page.TitleAsync(), Is.EqualTo("Disaster recovery scorecard"));
        Assert.That(browser.Complaints, Has.Some.Contains("Content Security Policy"));
    }

    [TestCase(ColorScheme.Light, 1200)]
    [TestCase(ColorScheme.Dark, 1200)]
    [TestCase(ColorScheme.Light, 360)]
    [TestCase(ColorScheme.Dark, 360)]
    public async Task It_can_be_read_by_everybody(ColorScheme scheme, int width)
    {
        var page = await _browser.OpenAsync(_page, width, scheme, withPolicy: false);
        await LayOutAllAsync(page);

        var found = await page.RunAxe();

        Assert.That(found.Violations.Select(Describe), Is.Empty);
    }

    [Test]
    public async Task It_can_be_read_by_everybody_on_paper()
    {
        var page = await _browser.OpenAsync(_page, 800, ColorScheme.Light, withPolicy: false);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        await LayOutAllAsync(page);

        Assert.That((await page.RunAxe()).Violations.Select(Describe), Is.Empty);
    }

    [Test]
    public async Task Nothing_is_wider_than_a_phone()
    {
        var page = await _browser.OpenAsync(_page, 360);

        Assert.That(await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(360));
    }

    [Test]
    public async Task It_is_dark_where_the_system_is_and_where_the_reader_wants()
    {
        const string Background = "() => getComputedStyle(document.body).backgroundColor";
        var light = await _browser.OpenAsync(_page);
        var dark = await _browser.OpenAsync(_page, scheme: ColorScheme.Dark);

        Assert.That(await light.EvaluateAsync<string>(Background), Is.EqualTo("rgb(255, 255, 255)"));
        Assert.That(await dark.EvaluateAsync<string>(Background), Is.EqualTo("rgb(17, 24, 39)"));
        await light.GetByLabel("Dark").CheckAsync();
        Assert.That(await light.EvaluateAsync<string>(Background), Is.EqualTo("rgb(17, 24, 39)"));
        await dark.GetByLabel("Light").CheckAsync();
        Assert.That(await dark.EvaluateAsync<string>(Background), Is.EqualTo("rgb(255, 255, 255)"));
    }

    [Test]
    public async Task It_can_be_used_with_the_keyboard_alone()
    {
        var page = await _browser.OpenAsync(_page);

        await page.Keyboard.PressAsync("Tab");
        Assert.That(await page.EvaluateAsync<string>("() => document.activeElement.textContent"), Is.EqualTo("Skip to the content"));
        Assert.That(await page.EvaluateAsync<double>("() => document.activeElement.getBoundingClientRect().left"), Is.GreaterThanOrEqualTo(0), "it is seen when it has the focus");
        await LayOutAllAsync(page);
        await page.Locator("summary").First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        Assert.That(await page.Locator("details[open]").CountAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task On_paper_it_is_light_and_without_what_only_a_screen_needs()
    {
        var page = await _browser.OpenAsync(_page, scheme: ColorScheme.Dark);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });

        Assert.That(await page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor"), Is.EqualTo("rgb(255, 255, 255)"));
        Assert.That(await page.Locator("nav").IsVisibleAsync(), Is.False);
    }

    [Test]
    public async Task On_paper_every_run_has_its_id_its_commit_and_nothing_is_cut()
    {
        var page = await _browser.OpenAsync(_page);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        await page.SetViewportSizeAsync(703, 900);

        Assert.That(await page.Locator("article .id").First.IsVisibleAsync(), Is.True, "what is folded on a screen is not on paper");
        Assert.That(await page.Locator("article .id").First.InnerTextAsync(), Does.StartWith("run run-").And.Contain("commit 0123456789ab"));
        Assert.That(await page.Locator("#maturity .level").First.IsVisibleAsync(), Is.True);
        Assert.That(await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(703), "A4 less its margins, in the pixels of CSS");
    }

    [Test]
    public async Task What_has_to_be_mended_stands_by_system_with_who_sees_to_it_and_by_when()
    {
        var page = await _browser.OpenAsync(_page);
        var tables = page.Locator("#findings table");

        Assert.That(await tables.CountAsync(), Is.EqualTo(2));
        Assert.That(await tables.Last.Locator("caption").TextContentAsync(), Is.EqualTo("shop in local: 3 open, 1 overdue"));
        Assert.That(await tables.Last.Locator("tbody tr").AllInnerTextsAsync(), Has.Count.EqualTo(3).And.Exactly(1).Contains("run").And.Contains("has passed since"));
        var late = page.Locator("#finding-2");
        Assert.That(await late.InnerTextAsync(), Does.Contain("F2: Restore takes an hour").And.Contain("high").And.Contain("Ada").And.Contain("Overdue: due 2026-11-19, 6 days late"));
        Assert.That(await late.Locator("a").GetAttributeAsync("href"), Does.StartWith("#e"));
        Assert.That(await page.Locator("#attention").InnerTextAsync(), Does.Contain("F2: Restore takes an hour: Ada, due 2026-11-19, 6 days late").And.Not.Contain("F1"));
        Assert.That(await page.Locator("#findings").InnerTextAsync(), Does.Not.Contain("A replica lags"), "what is closed is mended");
        Assert.That(await page.Locator(".tiles").InnerTextAsync(), Does.Contain("open findings").And.Contain("1 overdue"));
        Assert.That(ScorecardLine.Write(_scorecard), Does.Contain("1 finding overdue, maturity"));
    }

    [Test]
    public async Task Where_nothing_has_to_be_mended_nothing_is_said_of_it()
    {
        var scorecard = await Scorecards.OfAsync([Make.Run()]);

        Assert.That(ScorecardPage.Write(scorecard, AllureLinks.Read(_folder, _folder)), Does.Not.Contain("inding"));
        Assert.That(ScorecardLine.Write(scorecard), Does.Not.Contain("finding"));
    }

    [Test]
    public async Task Its_foot_has_the_head_of_the_chain_of_the_ledger_that_it_is_drawn_from()
    {
        var foot = await (await _browser.OpenAsync(_page)).Locator("footer").InnerTextAsync();

        Assert.That(_scorecard.Head!.Records, Is.EqualTo(Scorecards.Eventful().Count() + 6));
        Assert.That(foot, Does.Contain($"Head of the ledger's chain after {_scorecard.Head.Records} records: {_scorecard.Head.Hash}").And.Contain("chaos ledger verify --head"));
        Assert.That(ScorecardPage.Write(await Scorecards.OfAsync([]), AllureLinks.Read(_folder, _folder)), Does.Not.Contain("Head of the ledger"));
    }

    [Test]
    public async Task On_the_first_day_it_claims_nothing_and_shows_the_run_that_there_is()
    {
        var file = Path.Combine(_folder, "first.html");
        List<LedgerRun> runs = [Make.Run("zone", 0.5), Make.Run("region", 0.5, Outcome.Halted), Make.Run("link", 1) with { System = "unknown", Environment = "unknown", Topology = "unknown", Outcome = Outcome.Broken, Figures = [] }];
        await File.WriteAllTextAsync(file, ScorecardPage.Write(await Scorecards.OfAsync(runs, new ScorecardOptions()) with { Ledger = "/home/somebody/secret/ledger.db" }, AllureLinks.Read(_folder, _folder)));
        var page = await _browser.OpenAsync(file);

        Assert.That(await page.InnerTextAsync("#attention"), Does.Contain("1 run without a conclusion, the last Halted: for a reason"), "what was tried was not forgotten");
        Assert.That(await page.InnerTextAsync("header"), Does.Contain("from ledger.db").And.Not.Contain("somebody"));
        Assert.That(await page.InnerTextAsync(".tiles"), Does.Contain("2 more came to no conclusion and are not counted"));
        var card = page.Locator("article", new PageLocatorOptions { HasText = "Losing zone" });
        Assert.That(await card.Locator(".first").InnerTextAsync(), Is.EqualTo("RTA 475ms..500ms, RTO 2s"));
        Assert.That(await card.Locator("svg.bar").GetAttributeAsync("aria-label"), Is.EqualTo("25% of the RTO"));
        Assert.That(await card.InnerTextAsync(), Does.Contain("from 5 runs on (1 of 5)"));
        // What was halted or broke measured nothing that counts.
        Assert.That(await page.Locator("article", new PageLocatorOptions { HasText = "Losing region" }).Locator("dl").InnerTextAsync(), Does.Not.Contain("99.5%"));
        Assert.That(await page.Locator("article", new PageLocatorOptions { HasText = "Losing link" }).InnerTextAsync(), Does.Contain("it never came to its system").And.Not.Contain("unknown"));
    }

    [Test]
    public async Task Room_that_nobody_knows_is_not_claimed()
    {
        string Attention(string html) => html[html.IndexOf("id=\"attention\"", StringComparison.Ordinal)..html.IndexOf("id=\"metrics\"", StringComparison.Ordinal)];
        async Task<string> AttentionOfAsync(int count) => Attention(ScorecardPage.Write(await Scorecards.OfAsync(Enumerable.Range(0, count).Select(_ => Make.Run("zone", 0.5)), new ScorecardOptions()), AllureLinks.Read(_folder, _folder)));

        Assert.That(await AttentionOfAsync(0), Does.Contain("Nothing is known yet"));
        Assert.That(await AttentionOfAsync(1), Does.Contain("Nothing that is known").And.Contain("from 5 runs on"));
        Assert.That(await AttentionOfAsync(6), Does.Contain("Nothing: every objective has room"));
    }

    [Test]
    public async Task What_is_missing_for_the_next_level_says_how_to_get_it()
    {
        var page = await _browser.OpenAsync(_page);

        Assert.That(await page.Locator(".steps li").CountAsync(), Is.EqualTo(4));
        Assert.That(await page.Locator(".steps .blocks").First.GetAttributeAsync("aria-label"), Does.Match("[0-4] of 4 criteria met"));
        Assert.That(await page.Locator("#maturity .how").AllInnerTextsAsync(), Has.Count.EqualTo(_scorecard.Maturity.Missing.Count).And.All.Length.GreaterThan(20));
        Assert.That(_scorecard.Maturity.Levels.SelectMany(level => level.Criteria).Select(criterion => criterion.HowTo), Is.Unique.And.All.Not.Empty);
    }

    [Test]
    public async Task It_is_printed_to_pdf_without_running_anything()
    {
        var pdf = Path.Combine(_folder, "scorecard.pdf");

        Assert.That(await PaperCopy.PrintAsync(_page, pdf, CancellationToken.None), Is.Null);

        var bytes = await File.ReadAllBytesAsync(pdf);
        Assert.That(bytes.AsSpan(0, 5).ToArray(), Is.EqualTo("%PDF-"u8.ToArray()));
        Assert.That(bytes, Has.Length.GreaterThan(20_000));
    }

    [Test]
    public async Task An_empty_ledger_has_a_page_too()
    {
        var empty = Path.Combine(_folder, "empty.html");
        await File.WriteAllTextAsync(empty, ScorecardPage.Write(await Scorecards.OfAsync([], new ScorecardOptions()), AllureLinks.Read(_folder, _folder)));

        var page = await _browser.OpenAsync(empty, withPolicy: false);

        Assert.That(await page.InnerTextAsync("#experiments"), Does.Contain("No run is in the ledger yet"));
        Assert.That(await page.Locator("#money").CountAsync(), Is.Zero);
        Assert.That((await page.RunAxe()).Violations.Select(Describe), Is.Empty);
    }

    [Test]
    public async Task Two_hundred_experiments_fit_into_two_megabytes()
    {
        var runs = Enumerable.Range(0, 200).SelectMany(experiment => Enumerable.Range(1, 60).Select(day => Make.Run($"experiment-{experiment}", 0.5 + (0.01 * (day % 7)), daysAgo: day) with { Name = $"Experiment {experiment} with a name as long as they usually are" }));

        var html = ScorecardPage.Write(await Scorecards.OfAsync(runs), AllureLinks.Read(_folder, _folder));

        Assert.That(System.Text.Encoding.UTF8.GetByteCount(html), Is.LessThan(2_000_000));
        Assert.That(ScorecardJson.Write(_scorecard), Is.Not.Empty);
    }

    // Cards out of sight are laid out later; here all of them are looked at.
    private static Task<IElementHandle> LayOutAllAsync(IPage page) => page.AddStyleTagAsync(new PageAddStyleTagOptions { Content = "article{content-visibility:visible!important}" });

    private static string Describe(AxeResultItem violation) => $"{violation.Impact} {violation.Id}: {violation.Help}: {string.Join("; ", violation.Nodes.Take(3).Select(node => node.Html))}";
}
