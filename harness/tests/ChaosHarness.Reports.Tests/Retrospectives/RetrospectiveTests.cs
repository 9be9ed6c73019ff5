using ChaosHarness.Experiments;
using ChaosHarness.Ledger.Tests.Runs;
using ChaosHarness.Reports.Papers;
using ChaosHarness.Reports.Retrospectives;
using ChaosHarness.Reports.Tests.Pages;
using Deque.AxeCore.Playwright;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Microsoft.Playwright;

namespace ChaosHarness.Reports.Tests.Retrospectives;

/// <summary>What people sit down with after a drill: as Markdown, and in a real browser.</summary>
public sealed class RetrospectiveTests
{
    private static readonly MarkdownPipeline Reader = new MarkdownPipelineBuilder().UsePipeTables().UseAutoLinks().UseEmphasisExtras().Build();

    private string _folder = "";
    private Browser _browser = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _folder = Directory.CreateTempSubdirectory("retrospective-").FullName;
        _browser = await Browser.StartAsync();
    }

    [OneTimeTearDown]
    public async Task EndAsync()
    {
        await _browser.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public void It_says_what_happened_who_gave_the_go_and_after_how_long()
    {
        var text = Plain(DrilledRecords.Attended());

        Assert.That(text, Does.StartWith("# Retrospective: Losing the primary\n\nFailed on shop in staging, 2026-11-25 12:00:00.000 UTC, run 20261125-120000-0b7733d1\n"));
        Assert.That(text, Does.Contain("| Experiment | Losing the primary (losing-the-primary) |"));
        Assert.That(text, Does.Contain("| Injected | 2026-11-25 12:00:15.000 to 2026-11-25 12:01:00.000 (+0s to +45s) |"));
        Assert.That(text, Does.Contain("| Started by | Ada |"));
        Assert.That(text, Does.Contain("| Go given by | Ada (incident commander), 10s after it was asked for: the freeze is over |"));
    }

    [Test]
    public void Expected_stands_against_seen_with_bounds_and_by_how_much()
    {
        var text = Plain(DrilledRecords.Attended());

        Assert.That(text, Does.Contain("| Hypothesis | orders are accepted again soon after the primary dies | Failed |"));
        Assert.That(text, Does.Contain("| Script | the standby takes over within half a minute, and nobody is paged | for people to say, below |"));
        Assert.That(text, Does.Contain("| orders recovered within 30s | recovered after 20.1s..21s | 20.1s..21s against 30s | met, 9s to spare |"));
        Assert.That(text, Does.Contain("| lost at most 0 writes | 2 of 400 writes, 340ms; seen: 2 of 400: missing | 2 against 0 | missed by 2 writes |"));
        Assert.That(text, Does.Contain("| success rate of orders at least 99.9% | 100%: holds | 61% | 99.99%: holds |"));
    }

    [Test]
    public void What_people_decided_and_noted_has_its_time_on_both_clocks()
    {
        var text = Plain(DrilledRecords.Attended());

        Assert.That(text, Does.Contain("| Time to decide | 11s..12s from the first alert, or from the strike where nothing alerted, to the first decision |"));
        Assert.That(text, Does.Contain("| Time to act | 4s from the first decision to its being carried out |"));
        Assert.That(text, Does.Contain("- 2026-11-25 12:00:30.000 UTC (+15s) Ada (incident commander): decided: fail over by hand\n- 2026-11-25 12:00:34.000 UTC (+19s)"));
        Assert.That(text, Does.Contain("## What people noted\n\n- 2026-11-25 12:00:22.000 UTC (+7s) Eve: the dashboard is empty\n\n"), "the go and the decisions stand elsewhere");
        Assert.That(text, Does.Contain("| 2026-11-25 12:00:12.000 | -3s | person | Ada (incident commander) | gave the go: the freeze is over |"));
        Assert.That(text, Does.Contain("| orders-db is killed | orders-db | +0s to +45s | +0s, in full effect +200ms, undoing from +45s, undone +46s | reverted |"));
        Assert.That(text, Does.Contain("orders-db, around the injection\n\n           +0s  terminating &lt;any> connection".Replace("&lt;", "<", StringComparison.Ordinal)));
    }

    [Test]
    public void Open_findings_of_this_run_alone_are_shown_and_three_questions_have_room()
    {
        var text = Plain(DrilledRecords.Attended());

        Assert.That(text, Does.Contain("| F1: The standby takes over with a cold cache | high | Ada | 2026-11-23 | open, 2 days late; opened 2026-11-25 12:00 UTC by Bob |"));
        Assert.That(text, Does.Not.Contain("Mended since").And.Not.Contain("Of another run"));
        Assert.That(text, Does.Match("(?s)### What went well.*\n- \n.*### What surprised.*Expected was: the standby.*\n- \n.*### What is to be changed.*\n- \n"));
    }

    [Test]
    public void A_run_that_was_halted_says_by_whom_and_what_was_left_broken()
    {
        var text = Plain(DrilledRecords.Halted());

        Assert.That(text, Does.Contain("| Outcome | Halted |").And.Contain("| Why | halted by Eve: tickets come in |").And.Contain("| halt | run | halted by Eve: tickets come in |"));
        Assert.That(text, Does.Contain("+0s, in full effect +200ms, to the end | not reverted |"));
        Assert.That(text, Does.Contain("| recovered within 30s | not recorded | not recorded | not judged: the run was halted |"), "what was wanted is known all the same");
    }

    [Test]
    public void A_run_that_was_killed_claims_nothing()
    {
        var text = Plain(DrilledRecords.Killed());

        Assert.That(text, Does.Contain("| Outcome | Broken, interrupted: its process ended before it did |").And.Contain("| Go given by | not recorded, as the process ended before the run did |").And.Contain("| Script | not recorded |"));
        Assert.That(text, Does.Contain("Objectives: not recorded, as the process ended before the run did.").And.Contain("Faults: not recorded, as the process ended").And.Contain("What happened: not recorded, as the process ended").And.Contain("Logs: not recorded."));
        Assert.That(text, Does.Contain("| Injected | not recorded, as the process ended before the run did; what has been undone since was injected |").And.Contain("Decisions: not recorded, as").And.Contain("Notes: not recorded, as"));
        Assert.That(text, Does.Not.Contain("nothing was injected").And.Not.Contain("Nobody").And.Not.Contain("nobody"));
    }

    [Test]
    public void What_a_halted_run_was_expected_to_show_is_not_judged_and_not_left_out()
    {
        var planned = DrilledRecords.Planned();
        var text = Plain(DrilledRecords.Halted() with { Plan = planned.Plan! with { Expected = ["recovered within 30s", "orders recovered within 18s"] } });

        Assert.That(text, Does.Contain("| recovered within 30s | not recorded | not recorded | not judged: the run was halted |").And.Contain("| orders recovered within 18s | not recorded | not recorded | not judged: the run was halted |"));
    }

    [Test]
    public void A_run_in_which_nothing_was_injected_says_who_refused_the_go()
    {
        var text = Plain(DrilledRecords.Refused());

        Assert.That(text, Does.Contain("| Injected | nothing was injected |").And.Contain("| Go given by | nobody: Bob refused the go: not today |").And.Contain("No fault was injected."));
        Assert.That(text, Does.Contain("| t from the start |").And.Contain("| 2026-11-25 12:00:09.000 | +9s | person | Bob |"));
        Assert.That(Plain(DrilledRecords.Refused() with { Timeline = [] }), Does.Contain("| Go given by | nobody was asked |"));
        Assert.That(Plain(DrilledRecords.Attended() with { Go = new GoRecord("Ada", null, null, default, default) }), Does.Contain("| Go given by | Ada, before the run began |"));
        Assert.That(Plain(DrilledRecords.Attended() with { Outcome = Outcome.Passed, Reason = null }), Does.Contain("| Why | every objective was met, and the steady state came back |"));
    }

    [Test]
    public void Without_a_ledger_it_says_so()
    {
        var paper = Retrospective.Of(new DrilledRun(DrilledRecords.Attended(), null, "as there is no ledger at x", Make.Now));

        Assert.That(PaperMarkdown.Write(paper), Does.Contain("Findings: not recorded, as there is no ledger at x."));
    }

    [Test]
    public void A_timeline_without_end_keeps_its_course_and_says_what_it_leaves_out()
    {
        var run = DrilledRecords.Attended();
        var flapping = Enumerable.Range(0, 5000).Select(number => new TimelineEvent(TimeSpan.FromSeconds(16 + (number / 1000.0)), TimelineKind.Breaker, "b", "opens"));
        var text = Plain(run with { Timeline = [.. run.Timeline.Concat(flapping).OrderBy(happened => happened.At)] });

        Assert.That(text, Does.Contain("What happened: 300 of 5,009 events; the journal has all").And.Contain("decided: fail over by hand |").And.Contain("| promotion |"));
    }

    [Test]
    public void Whatever_texts_hold_it_is_no_markup_in_the_markdown()
    {
        var document = Markdown.Parse(PaperMarkdown.Write(Retrospective.Of(DrilledRecords.With(DrilledRecords.Harmful(), DrilledRecords.Hostile))), Reader);

        Assert.That(document.Descendants<Inline>().Where(inline => inline is LinkInline or AutolinkInline or HtmlInline or EmphasisInline or CodeInline), Is.Empty);
        Assert.That(document.Descendants<HtmlBlock>(), Is.Empty);
        Assert.That(document.Descendants<HeadingBlock>().Count(), Is.EqualTo(1 + 8 + 3));
        var tables = document.Descendants<Table>().Select(table => table.OfType<TableRow>().Select(row => row.Count).Distinct().Count()).ToList();
        Assert.That(tables, Has.Count.EqualTo(8).And.All.EqualTo(1), "no cell makes two of itself");
    }

    // Once as it is, and once without its policy: even then nothing may run, because nothing is markup.
    [TestCase(true)]
    [TestCase(false)]
    public async Task Whatever_texts_hold_nothing_of_it_runs_on_the_page(bool withPolicy)
    {
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync(await WriteAsync(DrilledRecords.With(DrilledRecords.Harmful(), DrilledRecords.Hostile)), withPolicy: withPolicy);

        Assert.That(browser.Complaints, Is.Empty);
        Assert.That(await page.TitleAsync(), Does.StartWith("Retrospective: <script>"));
        Assert.That(await page.Locator("script, [onerror], img:not([src^='data:image/svg+xml'])").CountAsync(), Is.Zero);
        Assert.That(await page.InnerTextAsync("body"), Does.Not.Contain("\u202e").And.Not.Contain("\u001b").And.Contain("مرحبا"));
    }

    [TestCase(ColorScheme.Light, 1200)]
    [TestCase(ColorScheme.Dark, 1200)]
    [TestCase(ColorScheme.Light, 360)]
    public async Task It_can_be_read_by_everybody(ColorScheme scheme, int width)
    {
        foreach (var drilled in new[] { DrilledRecords.With(DrilledRecords.Attended()), DrilledRecords.With(DrilledRecords.Harmful(), DrilledRecords.Hostile), DrilledRecords.With(DrilledRecords.Killed()) })
        {
            var page = await _browser.OpenAsync(await WriteAsync(drilled), width, scheme, withPolicy: false);

            Assert.That((await page.RunAxe()).Violations.Select(violation => $"{violation.Help}: {violation.Nodes[0].Html}"), Is.Empty);
            Assert.That(await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(width));
        }
    }

    [Test]
    public async Task It_has_the_picture_of_the_run_and_says_it_in_words()
    {
        var page = await _browser.OpenAsync(await WriteAsync(DrilledRecords.With(DrilledRecords.Attended())));
        var picture = page.Locator("#timeline img");

        Assert.That(await picture.GetAttributeAsync("alt"), Does.StartWith("The timeline of the run: outcome: Failed; fault in force"));
        Assert.That(await picture.EvaluateAsync<int>("image => image.naturalWidth"), Is.EqualTo(960));
        Assert.That(await page.Locator(".answer").CountAsync(), Is.EqualTo(3));
    }

    private static string Plain(RunRecord record) => PaperMarkdown.Write(Retrospective.Of(DrilledRecords.With(record))).Replace("\\", "", StringComparison.Ordinal);

    private async Task<string> WriteAsync(DrilledRun drilled)
    {
        var files = RetrospectiveFiles.In(_folder, Guid.NewGuid().ToString("N"));
        await files.WriteAsync(drilled, CancellationToken.None);
        return files.Page;
    }
}
