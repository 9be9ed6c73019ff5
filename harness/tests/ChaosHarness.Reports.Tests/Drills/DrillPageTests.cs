using ChaosHarness.Checkers;
using ChaosHarness.Expectations;
using ChaosHarness.Experiments;
using ChaosHarness.Ledger.Runs;
using ChaosHarness.Ledger.Tests.Runs;
using ChaosHarness.Origins;
using ChaosHarness.Reports.Drills;
using ChaosHarness.Reports.Pages;
using ChaosHarness.Reports.Tests.Pages;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace ChaosHarness.Reports.Tests.Drills;

/// <summary>The first page of a report, in a real browser.</summary>
public sealed class DrillPageTests
{
    private const string Hostile = "<script>document.title='x'</script> \u001b[2J \u202enamed \U0001f600 مرحبا";

    private static readonly IReadOnlyList<DrillRow> Rows =
    [
        Row("Missed", 2.6, Outcome.Failed, "recovered within 2s missed by 600ms\nsaw 51 of 51: HTTP 404"),
        Row("Kept", 0.5),
        Row("Kept", 1.9) with { Record = Run("Kept", 1.9, Outcome.Passed, null) with { System = "orders", Topology = "local cloud" } },
        Row("Never back", double.PositiveInfinity, Outcome.Failed, "not recovered"),
        new DrillRow("Never began", Outcome.Inconclusive, "refused: 'eu-prod' is not allowed", null),
        Row(Hostile, 1, Outcome.Broken, Hostile),
    ];

    private string _folder = "";
    private Browser _browser = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _folder = Directory.CreateTempSubdirectory("drill-page-").FullName;
        _browser = await Browser.StartAsync();
    }

    [OneTimeTearDown]
    public async Task EndAsync()
    {
        await _browser.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task It_says_how_it_went_and_why_and_asks_for_nothing()
    {
        var page = await _browser.OpenAsync(await WriteAsync(Rows));

        Assert.That(_browser.Complaints, Is.Empty);
        Assert.That(await page.TitleAsync(), Is.EqualTo("DR tests: 2 of 6 passed, 2 failed, 1 inconclusive, 1 broken"));
        Assert.That(await page.Locator("h1").InnerTextAsync(), Is.EqualTo("2 of 6 passed, 2 failed, 1 inconclusive, 1 broken"));
        Assert.That(await page.Locator("header p").InnerTextAsync(), Does.Contain("profile nightly").And.Contain("shop in local").And.Contain("commit 0123456789ab"));
        Assert.That(await page.Locator("#missed article").AllInnerTextsAsync(), Has.Count.EqualTo(4).And.Some.Contains("saw 51 of 51: HTTP 404"), "a reason in full, not its first line");
        Assert.That(await page.Locator("tbody tr").CountAsync(), Is.EqualTo(6));
        Assert.That((await page.Locator("tbody th").AllInnerTextsAsync()).Take(2), Is.EqualTo(new[] { "Kept\nshop in local, memory", "Kept\norders in local, local cloud" }), "those of one name are told apart, and what did not pass is last");
    }

    [Test]
    public async Task Recovery_is_drawn_against_its_objective()
    {
        var page = await _browser.OpenAsync(await WriteAsync(Rows));
        async Task<(string? Words, double End)> BarOfAsync(int row)
        {
            var bar = page.Locator("tbody tr").Nth(row).Locator("svg.bar");
            var path = await bar.Locator("path.p, path.f").GetAttributeAsync("d");
            return (await bar.GetAttributeAsync("aria-label"), double.Parse(path!.Split('H')[1], System.Globalization.CultureInfo.InvariantCulture));
        }

        Assert.That(await BarOfAsync(0), Is.EqualTo(("25% of the RTO", 30d)));
        Assert.That(await BarOfAsync(1), Is.EqualTo(("95% of the RTO", 114d)));
        Assert.That(await BarOfAsync(2), Is.EqualTo(("130% of the RTO", 156d)));
        Assert.That(await BarOfAsync(3), Is.EqualTo(("not recovered", 160d)));
        Assert.That(await page.Locator("tbody tr").First.Locator("td").Nth(1).InnerTextAsync(), Is.EqualTo("475ms..500ms of 2s"));
    }

    [Test]
    public async Task It_compares_with_the_runs_before()
    {
        var rows = new[] { Row("Kept", 0.5), Row("Slower", 1), Row("New", 1) };
        var histories = new Dictionary<RunSeries, IReadOnlyList<LedgerRun>>
        {
            [rows[0].Series!] = [Make.Run(rta: 0.5), Make.Run(rta: 0.52), Make.Run(rta: 0.48)],
            [rows[1].Series!] = [Make.Run(rta: 0.5), Make.Run(rta: 0.4), Make.Run(rta: double.PositiveInfinity), Make.Run(rta: 0.6)],
            [rows[2].Series!] = [Make.Run(rta: 0.5), Make.Run(rta: 0.5)],
        };
        var page = await _browser.OpenAsync(await WriteAsync(rows, histories));

        Assert.That(await page.Locator("[data-label=Change]").AllInnerTextsAsync(), Is.EqualTo(new[] { "as before", "+100%", Figures.None }));
        Assert.That(DrillChange.Of(rows[1], histories)!.ToString(), Is.EqualTo("+100%, median 500ms of 3 runs"));
        Assert.That(DrillChange.Of(Row("Slower", double.PositiveInfinity), histories), Is.EqualTo(new DrillChange(null, TimeSpan.FromSeconds(0.5), 3)).And.Property("IsWorse").True.And.Property("Short").EqualTo("worse"));
        Assert.That(DrillChange.Of(Row("Slower", 0.3), histories), Has.Property("Short").EqualTo("\u221240%").And.Property("IsWorse").False);
    }

    [Test]
    public void What_was_not_judged_or_not_noticed_was_neither_faster_nor_slower()
    {
        var record = Run("Unseen", 0.02, Outcome.Passed, null);
        var unseen = new DrillRow("Unseen", Outcome.Passed, null, record with { Figures = [.. record.Figures, new RecordedFigure(Figure.Exact(FigureNames.UnseenInterruption, "orders", Unit.Seconds, 0.02))] });
        var halted = Row("Halted", double.PositiveInfinity, Outcome.Halted, "by a person");
        Assert.That(new[] { halted.Headlines.RecoveryText, halted.Headlines.AvailabilityText }, Has.All.EqualTo("-"), "what was cut short is no figure of the system");
        IReadOnlyList<LedgerRun> runs = [Make.Run(rta: 0.01), Make.Run(rta: 0.01), Make.Run(rta: 0.01)];
        var judged = Row("Judged", 0.02);

        Assert.That(DrillChange.Of(unseen, new Dictionary<RunSeries, IReadOnlyList<LedgerRun>> { [unseen.Series!] = runs }), Is.Null);
        Assert.That(DrillChange.Of(halted, new Dictionary<RunSeries, IReadOnlyList<LedgerRun>> { [halted.Series!] = runs }), Is.Null);
        Assert.That(DrillChange.Of(judged, new Dictionary<RunSeries, IReadOnlyList<LedgerRun>> { [judged.Series!] = [runs[0], runs[1], Make.Run(rta: 0.01, outcome: Outcome.Broken)] }), Is.Null, "what broke counts for nothing");
    }

    [TestCase(0, 1d, 2d, TestName = "An objective of nothing has no bar")]
    [TestCase(2, 0d, null, TestName = "What nobody knows has a bar to its end")]
    public void Any_recovery_can_be_drawn(double rto, double lower, double? upper) => Assert.That(() => RecoveryBar.Of(new Headlines(
        [new RecordedFigure(new Figure(FigureNames.RecoveryTime, "orders", Unit.Seconds, lower, upper), rto, false), new RecordedFigure(Figure.Exact(FigureNames.UnseenInterruption, "orders", Unit.Seconds, 1))])).ToString(), Throws.Nothing);

    [TestCase(ColorScheme.Light, 1200)]
    [TestCase(ColorScheme.Dark, 1200)]
    [TestCase(ColorScheme.Light, 360)]
    [TestCase(ColorScheme.Dark, 360)]
    public async Task It_can_be_read_by_everybody(ColorScheme scheme, int width)
    {
        var page = await _browser.OpenAsync(await WriteAsync(Rows), width, scheme, withPolicy: false);

        Assert.That((await page.RunAxe()).Violations.Select(violation => violation.Help), Is.Empty);
        Assert.That(await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(width));
    }

    [Test]
    public async Task It_can_be_read_by_everybody_on_paper()
    {
        var page = await _browser.OpenAsync(await WriteAsync(Rows), 800, ColorScheme.Light, withPolicy: false);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });

        Assert.That((await page.RunAxe()).Violations.Select(violation => violation.Help), Is.Empty);
    }

    [Test]
    public async Task On_a_phone_every_value_has_its_name_beside_it()
    {
        var page = await _browser.OpenAsync(await WriteAsync(Rows), 360);

        Assert.That(await page.Locator("thead").IsVisibleAsync(), Is.False);
        Assert.That(await page.Locator("tbody td").First.EvaluateAsync<string>("cell => getComputedStyle(cell, '::before').content"), Is.EqualTo("\"Outcome\""));
        Assert.That((await page.Locator("tbody tr").First.BoundingBoxAsync())!.Height, Is.LessThan(320));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(500)]
    public async Task Any_number_of_experiments_has_a_page(int count)
    {
        var file = await WriteAsync([.. Enumerable.Range(0, count).Select(number => Row($"Experiment {number}", 1))]);
        var page = await _browser.OpenAsync(file);

        Assert.That(await page.Locator("h1").InnerTextAsync(), Is.EqualTo(count == 0 ? "No experiment ran" : $"{count} of {count} passed"));
        Assert.That(new FileInfo(file).Length, Is.LessThan(1_000_000));
    }

    [Test]
    public async Task It_leads_to_what_there_is()
    {
        var page = await _browser.OpenAsync(await WriteAsync(Rows));

        Assert.That(await page.Locator("nav a").EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href') + ': ' + link.innerText)"), Is.EqualTo(new[] { "scorecard.html: Scorecard", "a%20b.trx: Results" }));
        var places = await page.Locator("tbody a[href^='#']").EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href'))");
        Assert.That(places, Has.Length.EqualTo(4).And.Unique);
        foreach (var place in places)
        {
            Assert.That(await page.Locator(place).CountAsync(), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task The_picture_of_a_run_is_a_click_away()
    {
        var page = await _browser.OpenAsync(await WriteAsync([Row("Kept", 1) with { Timeline = "/results/picture.svg" }, Row("Other", 1)]));

        Assert.That(await page.Locator("tbody a").EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href'))"), Is.EqualTo(new[] { "timelines/run%20of%20Kept.svg" }));
    }

    private async Task<string> WriteAsync(IReadOnlyList<DrillRow> rows, IReadOnlyDictionary<RunSeries, IReadOnlyList<LedgerRun>>? histories = null)
    {
        var file = Path.Combine(_folder, $"{Guid.NewGuid():N}.html");
        await File.WriteAllTextAsync(file, DrillPage.Write(rows, histories ?? new Dictionary<RunSeries, IReadOnlyList<LedgerRun>>(), AllureLinks.Read(_folder, _folder), [("scorecard.html", "Scorecard"), ("a%20b.trx", "Results")], Make.Now));
        return file;
    }

    private static DrillRow Row(string name, double rta, Outcome outcome = Outcome.Passed, string? reason = null) => new(name, outcome, reason, Run(name, rta, outcome, reason));

    private static RunRecord Run(string name, double rta, Outcome outcome, string? reason) => new()
    {
        RunId = "run of " + name,
        Name = name,
        Hypothesis = "it holds",
        System = "shop",
        Environment = "local",
        Topology = "memory",
        StartedAt = Make.Now,
        Duration = TimeSpan.FromSeconds(20),
        Outcome = outcome,
        Reason = reason,
        Origin = new RunOrigin { Profile = "nightly", Commit = "0123456789abcdef" },
        Objectives = Objectives.None,
        Figures =
        [
            new RecordedFigure(new Figure(FigureNames.RecoveryTime, "orders", Unit.Seconds, double.IsInfinity(rta) ? 60 : rta * 0.95, double.IsInfinity(rta) ? null : rta), 2, rta <= 2),
            new RecordedFigure(Figure.Exact(FigureNames.LostWrites, "orders", Unit.Count, 0), 0, true),
            new RecordedFigure(Figure.Exact(FigureNames.AcknowledgedWrites, "orders", Unit.Count, 40, Better.Neither)),
            new RecordedFigure(Figure.Exact(FigureNames.Availability, "orders", Unit.Ratio, 0.99, Better.Higher)),
        ],
        Phases = [],
        Faults = [],
        Timeline = [],
        Observations = [],
    };
}
