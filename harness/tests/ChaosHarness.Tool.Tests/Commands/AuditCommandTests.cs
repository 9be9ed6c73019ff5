using System.Text.Json;
using ChaosHarness.Experiments;
using ChaosHarness.Journals;

namespace ChaosHarness.Tool.Tests.Commands;

public sealed class AuditCommandTests
{
    private const string First = "20261102-000000-b";
    private const string Second = "20261103-000000-c";

    // Most of what is said here needs no paper, which takes its time.
    private static readonly Dictionary<string, string> WithoutChromium = new() { ["CHAOSHARNESS_CHROMIUM"] = "/nowhere/chromium" };

    private string _folder = "";

    private string Pack => Path.Combine(_folder, "artifacts", "audit", First);

    [SetUp]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("audit-").FullName;
        File.WriteAllText(Path.Combine(_folder, "Shop.sln"), "");
        Directory.CreateDirectory(Path.Combine(_folder, "artifacts", "journals"));
        Write(DrilledJournals.Attended(First));
        Write(DrilledJournals.Nightly(Second));
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task It_is_packed_and_printed_and_verified()
    {
        await ChaosProgram.RunAsync(_folder, "ledger", "import", Path.Combine("artifacts", "journals"));

        var (exitCode, output, errors) = await ChaosProgram.RunAsync(_folder, "audit", First);

        Assert.That((exitCode, errors), Is.EqualTo((0, "")));
        Assert.That(output, Does.StartWith($"Audit pack: {new Uri(Path.Combine(Pack, "audit.pdf")).AbsoluteUri}{Environment.NewLine}"));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(Pack, "audit.html")), Does.Contain("number 1 of 2").And.Contain("hashed again in this place, it gives the same hash").And.Contain("written by chaos 0."));
        var hash = output.Trim()[^64..];
        var verified = await VerifyAsync("--manifest", hash);
        Assert.That((verified.ExitCode, verified.Output.Trim()), Is.EqualTo((0, $"{Path.Combine("artifacts", "audit", First)} is as it was written: run {First}, 5 files.")));
    }

    [Test]
    public async Task Without_chromium_there_is_the_page_and_what_is_missing_is_said()
    {
        var (exitCode, output, errors) = await RunAsync(First, Second);

        Assert.That(exitCode, Is.Zero);
        Assert.That(errors, Does.StartWith("Not in the pack: audit.pdf: /nowhere/chromium could not be started: ").And.Contain("audit.html says the same, and any browser prints it on A4."));
        Assert.That(output, Does.Contain(new Uri(Path.Combine(Pack, "audit.html")).AbsoluteUri).And.Contain($"{Second}/audit.html"));
        using var manifest = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(Pack, "manifest.json")));
        Assert.That(manifest.RootElement.GetProperty("missing")[0].GetString(), Does.StartWith("audit.pdf: "));
        Assert.That((await VerifyAsync()).ExitCode, Is.Zero, "what was never there is not missing");
        Assert.That(await File.ReadAllTextAsync(Path.Combine(Pack, "audit.html")), Does.Contain("Place in a ledger: not recorded, as there is no ledger at "));
    }

    [Test]
    public async Task What_became_of_a_pack_is_named()
    {
        await RunAsync(First);
        await File.AppendAllTextAsync(Path.Combine(Pack, "audit.html"), " ");
        File.Delete(Path.Combine(Pack, First + ".journal.json"));
        await File.WriteAllTextAsync(Path.Combine(Pack, "more.txt"), "");

        var (exitCode, output, _) = await VerifyAsync();

        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries), Is.EqualTo(new[] { $"Missing: {First}.journal.json", "Changed: audit.html", "Added: more.txt", $"{Path.Combine("artifacts", "audit", First)} is not as it was written." }));
    }

    [Test]
    public async Task A_manifest_that_was_written_anew_is_noticed_by_its_hash()
    {
        var hash = (await RunAsync(First)).Output.Trim()[^64..];
        var path = Path.Combine(Pack, "manifest.json");
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path)).Replace(First, "another", StringComparison.Ordinal).Replace("another.", First + ".", StringComparison.Ordinal));

        Assert.That((await VerifyAsync()).Output, Does.Contain("is as it was written: run another"), "nothing else could tell");
        var (exitCode, output, _) = await VerifyAsync("--manifest", hash);
        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(output, Does.StartWith("The manifest is another than that which was written down: its hash is "));
    }

    [Test]
    public async Task What_is_there_already_is_replaced_only_where_it_is_asked_for_and_is_a_pack()
    {
        await RunAsync(First);
        Assert.That((await RunAsync(First)).Errors.Trim(), Is.EqualTo($"{Path.Combine("artifacts", "audit", First)} is there already. --replace writes it anew, --output names another folder."));
        await File.WriteAllTextAsync(Path.Combine(Pack, "more.txt"), "");
        Assert.That((await RunAsync(First, "--replace")).ExitCode, Is.Zero);
        Assert.That((await VerifyAsync()).ExitCode, Is.Zero);
        Assert.That(Directory.EnumerateDirectories(Path.Combine(_folder, "artifacts", "audit")).Count(), Is.EqualTo(1), "the one before is gone");

        var mine = Path.Combine(_folder, "mine", First, "letter.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(mine)!);
        await File.WriteAllTextAsync(mine, "");
        Assert.That((await RunAsync(First, "--replace", "--output", "mine")).Errors, Does.Contain("is no pack, and is not replaced."));
        Assert.That(mine, Does.Exist);
    }

    [Test]
    public async Task A_run_that_there_is_not_is_told_before_anything_is_written()
    {
        var (exitCode, _, errors) = await RunAsync(First, "20990101-000000-x");

        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(errors, Does.StartWith("There is no journal of run '20990101-000000-x' in ").And.Contain($"The latest are: {Second}, {First}."));
        Assert.That(Path.Combine(_folder, "artifacts", "audit"), Does.Not.Exist);
        Assert.That((await RunAsync()).Errors, Does.Contain("'run'"));
        Assert.That((await ChaosProgram.RunAsync(_folder, "audit", "verify", "nowhere")).Errors, Does.Contain("nowhere").And.Contain("give the folder of a pack"));
    }

    private void Write(RunRecord record) => File.WriteAllBytes(Path.Combine(_folder, "artifacts", "journals", record.RunId + Journal.Suffix), Journal.Write(record));

    private Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) => ChaosProgram.RunAsync(_folder, WithoutChromium, ["audit", .. arguments]);

    private Task<(int ExitCode, string Output, string Errors)> VerifyAsync(params string[] arguments) => ChaosProgram.RunAsync(_folder, ["audit", "verify", Pack, .. arguments]);
}
