using ChaosHarness.Experiments;
using ChaosHarness.Journals;
using ChaosHarness.Ledger;
using ChaosHarness.Ledger.Runs;
using ChaosHarness.Reports.Audits;
using ChaosHarness.Reports.Tests.Pages;
using ChaosHarness.Reports.Tests.Retrospectives;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using UglyToad.PdfPig;
using UglyToad.PdfPig.DocumentLayoutAnalysis.TextExtractor;

namespace ChaosHarness.Reports.Tests.Audits;

/// <summary>The folder of a pack: its report as a page and on paper, and its manifest.</summary>
public sealed class AuditPackTests
{
    private string _folder = "";

    private string Beside => Path.Combine(_folder, "journals");

    [SetUp]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("audit-").FullName;
        Directory.CreateDirectory(Beside);
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task It_has_the_journal_the_board_the_retrospective_and_every_lost_write()
    {
        await File.WriteAllTextAsync(Path.Combine(Beside, DrilledRecords.RunId + ".board.html"), "the board");
        await File.WriteAllTextAsync(Path.Combine(Beside, DrilledRecords.RunId + ".retrospective.md"), "what people wrote");

        var pack = await WriteAsync(DrilledRecords.Attended());

        Assert.That(Directory.EnumerateFiles(pack.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal), Is.EqualTo(new[]
        {
            "20261125-120000-0b7733d1.board.html", "20261125-120000-0b7733d1.journal.json", "20261125-120000-0b7733d1.retrospective.html", "20261125-120000-0b7733d1.retrospective.md",
            "audit.html", "audit.pdf", "lost-writes.csv", "manifest.json",
        }));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(pack.Folder, DrilledRecords.RunId + ".retrospective.md")), Is.EqualTo("what people wrote"), "not one that is written anew");
        Assert.That(Journal.Read(await File.ReadAllBytesAsync(Path.Combine(pack.Folder, DrilledRecords.RunId + ".journal.json"))).Go!.By, Is.EqualTo("Ada"));
        Assert.That(Directory.EnumerateDirectories(_folder).Select(Path.GetFileName), Is.EquivalentTo(new[] { "journals", "pack" }), "nothing half done is left");
        Assert.That(await File.ReadAllTextAsync(Path.Combine(pack.Folder, "audit.html")), Does.Contain(await HashAsync(Path.Combine(pack.Folder, "lost-writes.csv"))));
    }

    [Test]
    public async Task The_plan_is_a_file_of_its_own_with_the_hash_that_people_were_shown()
    {
        var run = DrilledRecords.Planned();

        var pack = await WriteAsync(run);

        Assert.That(await HashAsync(Path.Combine(pack.Folder, "plan.txt")), Is.EqualTo(run.Go!.Plan));
    }

    [Test]
    public async Task On_paper_every_page_has_its_number_and_the_run_and_the_first_leads_to_what_answers_what()
    {
        var pack = await WriteAsync(DrilledRecords.Attended());

        using var paper = PdfDocument.Open(Path.Combine(pack.Folder, "audit.pdf"));
        var pages = paper.GetPages().ToList();
        Assert.That(pages, Has.Count.GreaterThan(3));
        foreach (var page in pages)
        {
            Assert.That((page.Width, page.Height), Is.EqualTo((595d, 842d)).Within(1), "A4");
            Assert.That(Text(page), Does.Contain(FormattableString.Invariant($"{page.Number} of {pages.Count}")).And.Contain("Run 20261125-120000-0b7733d1"));
        }

        Assert.That(Text(pages[0]), Does.Contain("DORA").And.Contain("SOC 2").And.Contain("ISO 22301").And.Contain("section 9"));
    }

    [Test]
    public async Task A_pack_that_nobody_touched_is_as_it_was_written()
    {
        var pack = await WriteAsync(DrilledRecords.Killed());
        var check = await ManifestCheck.RunAsync(pack.Folder, CancellationToken.None);

        Assert.That(check.Differences, Is.Empty);
        Assert.That(check.Sha256, Is.EqualTo(pack.ManifestSha256));
        Assert.That((check.Manifest.Run, check.Manifest.WrittenBy), Is.EqualTo((DrilledRecords.RunId, "chaos 9.9")));
    }

    [Test]
    public async Task One_byte_that_was_changed_a_file_that_is_missing_and_one_that_was_added_are_named()
    {
        var pack = await WriteAsync(DrilledRecords.Attended());
        var page = Path.Combine(pack.Folder, "audit.html");
        var bytes = await File.ReadAllBytesAsync(page);
        bytes[^20] ^= 1;
        await File.WriteAllBytesAsync(page, bytes);
        File.Delete(Path.Combine(pack.Folder, "lost-writes.csv"));
        Directory.CreateDirectory(Path.Combine(pack.Folder, "below"));
        await File.WriteAllTextAsync(Path.Combine(pack.Folder, "below", ".hidden"), "");

        var check = await ManifestCheck.RunAsync(pack.Folder, CancellationToken.None);

        Assert.That(check.Differences, Is.EqualTo(new[] { "Changed: audit.html", "Missing: lost-writes.csv", "Added: below/.hidden" }));
    }

    [TestCase("{", "is no manifest of a pack")]
    [TestCase("{\"schema\":1}", "is no manifest of a pack")]
    [TestCase("null", "is no manifest of a pack")]
    [TestCase("""{"schema":2,"run":"r","writtenAt":"2026-11-25T12:00:00Z","writtenBy":"x","missing":[],"files":[]}""", "has schema 2; this version reads up to 1")]
    [TestCase("""{"schema":1,"run":"r","writtenAt":"2026-11-25T12:00:00Z","writtenBy":"x","missing":[],"files":[{"path":"../outside","bytes":1,"sha256":""}]}""", "names '../outside', which is no file of the pack")]
    [TestCase("""{"schema":1,"run":"r","writtenAt":"2026-11-25T12:00:00Z","writtenBy":"x","missing":[],"files":[{"path":"/etc/passwd","bytes":1,"sha256":""}]}""", "names '/etc/passwd'")]
    [TestCase("""{"schema":1,"run":"r","writtenAt":"2026-11-25T12:00:00Z","writtenBy":"x","missing":[],"files":[{"path":"a","bytes":1,"sha256":""},{"path":"a","bytes":2,"sha256":""}]}""", "names 'a' more than once")]
    public async Task A_manifest_that_is_none_is_told_with_its_path(string manifest, string why)
    {
        var path = Path.Combine(_folder, "manifest.json");
        await File.WriteAllTextAsync(path, manifest);

        Assert.That(async () => await ManifestCheck.RunAsync(_folder, CancellationToken.None), Throws.InstanceOf<FormatException>().With.Message.StartsWith($"{path} cannot be read: it ").And.Message.Contains(why));
    }

    [Test]
    public void A_folder_without_a_manifest_is_no_pack() =>
        Assert.That(async () => await ManifestCheck.RunAsync(_folder, CancellationToken.None), Throws.InstanceOf<FormatException>().With.Message.EndsWith("give the folder of a pack, as chaos audit writes it."));

    [Test]
    public async Task What_is_given_up_half_way_leaves_nothing()
    {
        using var given = new CancellationTokenSource();
        await given.CancelAsync();

        Assert.That(async () => await WriteAsync(DrilledRecords.Attended(), given.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Directory.EnumerateDirectories(_folder).Select(Path.GetFileName), Is.EqualTo(new[] { "journals" }));
    }

    [Test]
    public async Task The_journal_of_a_run_that_is_in_the_ledger_has_the_hash_that_it_has_there()
    {
        await using var ledger = await RunLedger.OpenAsync(LedgerAddress.Parse("ledger.db", _folder));
        var record = DrilledRecords.Harmful() with { Duration = TimeSpan.FromTicks(123_456_789) };
        await ledger.AppendAsync(RunReader.Read(record));
        var read = Journal.Read(Journal.Write(record));

        Assert.That((await LedgerPlace.FindAsync(ledger, read, CancellationToken.None)).Run!.Differing, Is.Empty);
        Assert.That((await LedgerPlace.FindAsync(ledger, read with { Timeline = [.. read.Timeline.Skip(1)], Go = null }, CancellationToken.None)).Run!.Differing, Is.EqualTo(new[] { "timeline" }));
        Assert.That((await LedgerPlace.FindAsync(ledger, DrilledRecords.Killed() with { RunId = "another" }, CancellationToken.None)).Run, Is.Null);
    }

    // Without its policy too: even then nothing may run, because nothing is markup.
    [TestCase(ColorScheme.Light, 1200)]
    [TestCase(ColorScheme.Dark, 1200)]
    [TestCase(ColorScheme.Light, 360)]
    public async Task Its_page_can_be_read_by_everybody_and_nothing_on_it_runs(ColorScheme scheme, int width)
    {
        await using var browser = await Browser.StartAsync();
        foreach (var record in new[] { DrilledRecords.Attended(), DrilledRecords.Harmful(), DrilledRecords.Killed() })
        {
            var file = Path.Combine(_folder, $"{Guid.NewGuid():N}.html");
            await File.WriteAllTextAsync(file, Reports.Papers.PaperPage.Write(AuditPaper.Of(Audited(record))));
            var page = await browser.OpenAsync(file, width, scheme, withPolicy: false);

            Assert.That((await page.RunAxe()).Violations.Select(violation => $"{violation.Help}: {violation.Nodes[0].Html}"), Is.Empty);
            Assert.That(await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(width));
            Assert.That(await page.TitleAsync(), Does.StartWith("Audit pack: "));
            Assert.That(await page.Locator("script, [onerror], img:not([src^='data:image/svg+xml'])").CountAsync(), Is.Zero);
            Assert.That(await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.getAttribute('href')).filter(h => !document.getElementById(h.slice(1)))"), Is.Empty);
        }

        Assert.That(browser.Complaints, Is.Empty);
    }

    [Test]
    public async Task Whatever_a_run_is_called_it_is_text_at_the_foot_of_the_paper()
    {
        const string Name = "x\"}body{display:none}</style><script>document.title='owned'</script>\\a ü";
        var file = Path.Combine(_folder, "foot.html");
        await File.WriteAllTextAsync(file, Reports.Papers.PaperPage.Write(AuditPaper.Of(Audited(DrilledRecords.Attended() with { RunId = Name }))));
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync(file, withPolicy: false);

        Assert.That(await page.TitleAsync(), Is.EqualTo("Audit pack: Losing the primary"));
        Assert.That(await page.Locator("h1").IsVisibleAsync(), Is.True);
        var pdf = Path.Combine(_folder, "foot.pdf");
        Assert.That(await Reports.Pages.PaperCopy.PrintAsync(file, pdf, CancellationToken.None), Is.Null);
        using var paper = PdfDocument.Open(pdf);
        Assert.That(Text(paper.GetPages().Last()), Does.Contain("Run x\"}body{display:none}</style>"));
    }

    private static AuditedRun Audited(RunRecord record) => new(DrilledRecords.With(record, record.Name == DrilledRecords.Hostile ? DrilledRecords.Hostile : "It is cold"), null, "chaos 9.9");

    private static string Text(UglyToad.PdfPig.Content.Page page) => ContentOrderTextExtractor.GetText(page).ReplaceLineEndings(" ");

    private static async Task<string> HashAsync(string file) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(file)));

    private Task<AuditPack> WriteAsync(RunRecord record, CancellationToken cancellationToken = default) => AuditPack.WriteAsync(Path.Combine(_folder, "pack"), Audited(record), Journal.Write(record), Beside, cancellationToken);
}
