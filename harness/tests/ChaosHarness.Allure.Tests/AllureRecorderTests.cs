using System.Text.Json;
using ChaosHarness.Expectations;
using ChaosHarness.Experiments;

namespace ChaosHarness.Allure.Tests;

public sealed class AllureRecorderTests
{
    private static readonly TestRecord Sample = Records.Test(typeof(Subjects), nameof(Subjects.Takes_values), new TestParameter("later", "2s"), new TestParameter("count", 7));
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("allure-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase(Outcome.Passed, "passed")]
    [TestCase(Outcome.Failed, "failed")]
    [TestCase(Outcome.Inconclusive, "skipped")]
    [TestCase(Outcome.Halted, "broken")]
    [TestCase(Outcome.Broken, "broken")]
    [TestCase(Outcome.Invalid, "broken")]
    public async Task Each_outcome_has_a_status_and_a_label(Outcome outcome, string status)
    {
        var result = await WriteAsync(Sample with { Outcome = outcome, Message = outcome + ": because", Trace = "at Here()" });

        Assert.That(result.GetProperty("status").GetString(), Is.EqualTo(status));
        Assert.That(Labels(result, "outcome"), Is.EqualTo(new[] { outcome.ToString() }));
        Assert.That(result.GetProperty("statusDetails").GetProperty("message").GetString(), Is.EqualTo(outcome + ": because"));
        Assert.That(result.GetProperty("statusDetails").GetProperty("trace").GetString(), Is.EqualTo("at Here()"));
    }

    [TestCase(true, "broken")]
    [TestCase(false, "skipped")]
    public async Task What_says_nothing_is_skipped_unless_it_fails_the_session(bool hasFailed, string status)
    {
        var result = await WriteAsync(Sample with { Outcome = Outcome.Inconclusive, HasFailed = hasFailed });

        Assert.That(result.GetProperty("status").GetString(), Is.EqualTo(status));
        Assert.That(Labels(result, "outcome"), Is.EqualTo(new[] { "Inconclusive" }));
    }

    [Test]
    public async Task The_report_has_the_steps_the_figures_the_charts_and_the_journal()
    {
        var result = await WriteAsync(Sample);

        Assert.That(result.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("name").GetString()), Is.EqualTo(Enum.GetNames<PhaseName>()));
        Assert.That(result.GetProperty("attachments").EnumerateArray().Select(attachment => attachment.GetProperty("name").GetString()), Is.EqualTo(new[] { "Timeline", "Latencies", "Figures", "Configuration", "Journal" }));
        foreach (var attachment in result.GetProperty("attachments").EnumerateArray())
        {
            Assert.That(new FileInfo(Path.Combine(_folder, attachment.GetProperty("source").GetString()!)).Length, Is.GreaterThan(100));
        }

        Assert.That(Directory.EnumerateFiles(_folder).Select(Path.GetFileName), Is.SupersetOf(new[] { "categories.json", "environment.properties", "executor.json" }));
        Assert.That(Directory.EnumerateFiles(_folder, ".*"), Is.Empty, "no partial file stays");
        Assert.That((result.GetProperty("start").GetInt64(), result.GetProperty("stop").GetInt64()), Is.EqualTo((0L, 7000L)));
    }

    [Test]
    public async Task The_description_begins_with_what_was_believed_the_verdicts_and_the_picture()
    {
        var html = (await WriteAsync(Sample)).GetProperty("descriptionHtml").GetString()!;

        Assert.That(html, Does.StartWith("<p>it holds</p><table><thead><tr><th>Objective</th><th>Measured</th><th>Kept</th></tr></thead><tbody><tr><td>orders recovered within 10s</td><td>1s..1.1s</td><td>yes</td></tr></tbody></table><p><img alt=\"Timeline. outcome: Passed; fault in force: 0 to +2.5s; orders not served for: 1s..1.1s; RTO: 10s kept, 8.9s to spare"));
        Assert.That(html, Does.Contain("<td>recovery of orders</td><td>1s..1.1s</td>").And.Contain("<td>loss</td><td>0 of 90 writes</td>").And.Not.Contain("To run it again"));
        var picture = html[(html.IndexOf("base64,", StringComparison.Ordinal) + 7)..];
        Assert.That(System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(picture[..picture.IndexOf('"', StringComparison.Ordinal)])), Does.StartWith("<svg ").And.Contain("served again after 1s..1.1s"));
    }

    [Test]
    public async Task What_failed_says_how_to_run_it_again_and_hides_no_mark_up()
    {
        var missed = Records.Run with { Hypothesis = "<script>alert(1)</script>", Verdicts = [new("none <lost>", "3", false) { MissedBy = "3", Seen = ["51 of 51: HTTP 404"] }] };
        var html = (await WriteAsync(Sample with { Outcome = Outcome.Failed, Runs = [missed] })).GetProperty("descriptionHtml").GetString()!;

        Assert.That(html, Does.StartWith("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>").And.Contain("<td>none &lt;lost&gt;</td><td>3, missed by 3<br>seen: 51 of 51: HTTP 404</td><td><strong>no</strong></td>"));
        Assert.That(html, Does.Contain("<code>dotnet test --settings runsettings/nightly.runsettings --filter FullyQualifiedName~ChaosHarness.Allure.Tests.Subjects.Takes_values -- &#39;TestRunParameters.Parameter(name=&quot;Chaos.Seed&quot;, value=&quot;42&quot;)&#39;</code>"));
    }

    [Test]
    public async Task Labels_say_where_it_ran()
    {
        var result = await WriteAsync(Sample);

        Assert.That((Labels(result, "system").Single(), Labels(result, "environment").Single(), Labels(result, "profile").Single()), Is.EqualTo(("shop", "local", "nightly")));
        Assert.That(result.GetProperty("labels").EnumerateArray().Select(label => label.GetProperty("name").GetString()), Has.None.EqualTo("thread").And.None.EqualTo("package").And.None.EqualTo("commit"));
    }

    [Test]
    public async Task Parameters_tell_what_it_ran_with()
    {
        var result = await WriteAsync(Sample);
        var parameters = result.GetProperty("parameters").EnumerateArray().Select(parameter => (
            Name: parameter.GetProperty("name").GetString(),
            Value: parameter.GetProperty("value").GetString(),
            Excluded: parameter.GetProperty("excluded").GetBoolean()));

        Assert.That(parameters, Is.EqualTo(new[]
        {
            ("later", "\"2s\"", false),
            ("count", "7", false),
            ("Run", "run", true),
        }));
    }

    [Test]
    public async Task A_verdict_is_a_step_with_what_was_seen_and_its_parts()
    {
        var half = new Verdict("orders recovered within 10s", "1s..1.1s", true);
        var other = new Verdict("no write lost", "3 of 90 writes", false) { MissedBy = "3 writes", Seen = ["51 of 51: HTTP 404", "2 of 51: time-out"] };
        var result = await WriteAsync(Sample with { Runs = [Records.Run with { Verdicts = [new Verdict("both", "one of two", false) { Parts = [half, other] }] }] });
        var verify = result.GetProperty("steps").EnumerateArray().Single(phase => phase.GetProperty("name").GetString() == "Verify");
        var step = verify.GetProperty("steps")[0];
        Assert.That(verify.GetProperty("status").GetString(), Is.EqualTo("failed"), "it holds what was missed");

        Assert.That((step.GetProperty("name").GetString(), step.GetProperty("status").GetString()), Is.EqualTo(("both: one of two, missed", "failed")));
        var parts = step.GetProperty("steps").EnumerateArray().ToList();
        Assert.That(parts.Select(part => part.GetProperty("name").GetString()), Is.EqualTo(new[] { "orders recovered within 10s: 1s..1.1s", "no write lost: 3 of 90 writes, missed by 3 writes" }));
        Assert.That(parts[1].GetProperty("statusDetails").GetProperty("message").GetString(), Is.EqualTo("seen: 51 of 51: HTTP 404; 2 of 51: time-out"));
    }

    [TestCase("Failed: orders recovered within 10s: 12s..13s, missed by 3s", "Objective missed")]
    [TestCase("Failed: the steady state did not come back within 30s: no answers", "Steady state not met")]
    [TestCase("  Expected: 3\n  But was:  4", "Assertion failed")]
    public void An_objective_stands_apart_from_an_assertion_of_the_test(string message, string category) => Assert.That(
        Allure.Results.AllureCategory.All.First(candidate => candidate.MatchedStatuses.Contains("failed") && (candidate.MessageRegex is null || System.Text.RegularExpressions.Regex.IsMatch(message, candidate.MessageRegex))).Name,
        Is.EqualTo(category));

    [TestCase("Invalid: two tests, one id", "Written wrongly")]
    [TestCase("Halted: enough", "Halted")]
    [TestCase("Broken: no disk", "Harness broken")]
    [TestCase("OneTimeSetUp: no shared system", "Harness broken")]
    [TestCase("Inconclusive: no proxy here", "Inconclusive, which fails this profile")]
    public void What_was_written_wrongly_stands_apart_from_what_broke(string message, string category) => Assert.That(
        Allure.Results.AllureCategory.All.Where(candidate => candidate.MatchedStatuses.Contains("broken") && System.Text.RegularExpressions.Regex.IsMatch(message, candidate.MessageRegex!)).Select(candidate => candidate.Name),
        Is.EqualTo(new[] { category }));

    [Test]
    public async Task Attributes_become_names_labels_and_links()
    {
        var result = await WriteAsync(Records.Test(typeof(Subjects), nameof(Subjects.Named)));

        Assert.That(result.GetProperty("name").GetString(), Is.EqualTo("A better name"));
        Assert.That(result.GetProperty("descriptionHtml").GetString(), Does.StartWith("<p>Why it matters</p><p>it holds</p>"));
        Assert.That(Labels(result, "feature"), Is.EqualTo(new[] { "Databases" }));
        Assert.That(Labels(result, "severity"), Is.EqualTo(new[] { "critical" }));
        Assert.That(Labels(result, "tag"), Is.EqualTo(new[] { "one", "two", "nightly" }));
        Assert.That(Labels(result, "framework"), Is.EqualTo(new[] { "NUnit" }));
        Assert.That(result.GetProperty("links")[0].GetProperty("type").GetString(), Is.EqualTo("issue"));
    }

    [Test]
    public async Task The_configuration_shows_what_held_and_no_secret()
    {
        var configuration = Attachment(await WriteAsync(Sample), "Configuration");

        Assert.That(configuration, Does.Contain("\"maximumTargets\": 5").And.Contain("\"orders recovered within 10s\"").And.Contain("Host=db;Password=***").And.Not.Contain("hunter2"));
        Assert.That(Attachment(await WriteAsync(Sample), "Journal"), Does.Contain("\"runId\":\"run\""));
    }

    [Test]
    public async Task A_run_that_never_began_does_not_blot_out_where_the_others_ran()
    {
        await WriteAsync(Sample);
        await WriteAsync(Sample with { Runs = [Records.Run with { System = "unknown", Phases = [.. Records.Run.Phases.Select(phase => phase with { Status = PhaseStatus.Skipped })] }] });

        Assert.That(await File.ReadAllTextAsync(Path.Combine(_folder, "environment.properties")), Does.Contain("System=shop\n"));
    }

    [Test]
    public void Settings_without_a_folder_ask_for_no_results()
    {
        var settings = new RecorderSettings { BaseFolder = _folder, JournalFolder = _folder };

        Assert.That(new AllureRecording().Create(settings), Is.Null);
        Assert.That(new AllureRecording().Create(settings with { ResultsFolder = _folder }), Is.TypeOf<AllureRecorder>());
    }

    private async Task<JsonElement> WriteAsync(TestRecord test)
    {
        var before = Directory.GetFiles(_folder, "*-result.json");
        await new AllureRecorder(_folder, new RecorderSettings { BaseFolder = _folder, JournalFolder = _folder }).RecordAsync(test, CancellationToken.None);
        var written = Directory.GetFiles(_folder, "*-result.json").Except(before).Single();
        return JsonDocument.Parse(await File.ReadAllBytesAsync(written)).RootElement;
    }

    private string Attachment(JsonElement result, string name)
    {
        var attachment = result.GetProperty("attachments").EnumerateArray().Single(candidate => candidate.GetProperty("name").GetString() == name);
        return File.ReadAllText(Path.Combine(_folder, attachment.GetProperty("source").GetString()!));
    }

    private static IEnumerable<string?> Labels(JsonElement result, string name) => result.GetProperty("labels").EnumerateArray()
        .Where(label => label.GetProperty("name").GetString() == name)
        .Select(label => label.GetProperty("value").GetString());
}
