using System.Text.Json.Nodes;
using System.Text;
using ChaosHarness.Checkers;
using ChaosHarness.Expectations;
using ChaosHarness.Experiments;
using ChaosHarness.Journals;
using ChaosHarness.Tests.Experiments;

namespace ChaosHarness.Tests.Journals;

public sealed class JournalTests
{
    [Test]
    public async Task A_record_reads_back_as_it_was()
    {
        var result = await SampleAsync();

        var read = Journal.Read(Journal.Write(result));

        Assert.That(Journal.Write(read), Is.EqualTo(Journal.Write(result)));
        Assert.That(read.Figures, Is.EqualTo(result.Figures).And.Not.Empty);
        Assert.That(read.Observations[0].Observations, Is.EqualTo(result.Observations[0].Observations));
        Assert.That(read.Timeline, Is.EqualTo(result.Timeline));
    }

    [Test]
    public async Task Durations_are_seconds_and_observations_are_rows()
    {
        var json = Encoding.UTF8.GetString(Journal.Write(await SampleAsync()));

        Assert.That(json, Does.StartWith("{\"schema\":2,\"result\":{"));
        Assert.That(json, Does.Contain("\"rto\":2,").Or.Contain("\"rto\":2}"));
        Assert.That(json, Does.Match("\\[1,0\\.01[0-9]*,0\\.01[0-9]*,0\\.01[0-9]*,\"Good\"\\]"));
    }

    [TestCase("", "not a journal")]
    [TestCase("{", "not a journal")]
    [TestCase("[]", "not a journal")]
    [TestCase("null", "not a journal")]
    [TestCase("{\"schema\":99}", "schema 99")]
    [TestCase("{\"schema\":1}", "no result")]
    [TestCase("{\"schema\":0}", "no schema")]
    [TestCase("{\"schema\":1,\"result\":{}}", "not a journal")]
    [TestCase("{\"schema\":1,\"result\":{},\"other\":99}", "not a journal")]
    [TestCase("{\"result\":99,\"schema\":1}", "not a journal")]
    [TestCase("\"schema\"", "not a journal")]
    public void What_is_no_journal_is_refused_with_the_reason(string json, string reason) =>
        Assert.That(() => Journal.Read(Encoding.UTF8.GetBytes(json)), Throws.TypeOf<FormatException>().With.Message.Contains(reason));

    [Test]
    public async Task Texts_stay_readable()
    {
        var result = await SampleAsync() with { Name = "\u00fcber <alles> & 'mehr'" };

        Assert.That(Encoding.UTF8.GetString(Journal.Write(result)), Does.Contain("\u00fcber <alles> & 'mehr'"));
    }

    // As version 0.1.0 wrote them: without what came later.
    [Test]
    public async Task A_journal_without_later_members_reads_with_nothing_in_them()
    {
        var json = JsonNode.Parse(Journal.Write(await SampleAsync()))!;
        var record = json["result"]!.AsObject();
        foreach (var member in new[] { "experimentId", "labels", "origin", "components", "logs" })
        {
            Assert.That(record.Remove(member), Is.True, member);
        }

        var read = Journal.Read(Encoding.UTF8.GetBytes(json.ToJsonString()));

        Assert.That(read.ExperimentId, Is.EqualTo(read.Name));
        Assert.That((read.Labels.Count, read.Components.Count, read.Logs.Count, read.Attempt), Is.EqualTo((0, 0, 0, 1)));
        Assert.That(read.Origin.Profile, Is.Null);
    }

    // Written by version 0.1.0, which kept each measurement under a name of its own; their observations are cut short.
    [Test]
    public void What_earlier_journals_measured_reads_as_figures()
    {
        var failover = Journal.Read(File.ReadAllBytes(Earlier("failover")));
        var breakers = Journal.Read(File.ReadAllBytes(Earlier("breakers")));

        Assert.That(failover.Find(FigureNames.RecoveryTime, "orders"), Is.EqualTo(new RecordedFigure(new Figure(FigureNames.RecoveryTime, "orders", Unit.Seconds, 1.1525804, 1.7755852), 10, true)));
        Assert.That(failover.Find(FigureNames.LostWrites, "orders"), Is.EqualTo(new RecordedFigure(Figure.Exact(FigureNames.LostWrites, "orders", Unit.Count, 0), 0, true)));
        Assert.That(failover.Find(FigureNames.TimeToDetect, "")!.Figure, Is.EqualTo(new Figure(FigureNames.TimeToDetect, "", Unit.Seconds, 0, 0.3425532)));
        Assert.That(failover.Find(FigureNames.HealedByItself)!.Figure.Lower, Is.EqualTo(1));
        Assert.That(failover.Find(FigureNames.UnseenInterruption), Is.Null, "it was interrupted");
        Assert.That(failover.Findings.Single(finding => finding.Name == "recovery of orders").Text, Is.EqualTo("1.15s..1.78s"));
        Assert.That(breakers.Find(FigureNames.UnseenInterruption)!.Figure.Upper, Is.EqualTo(0.3915429));
        Assert.That(breakers.Find(FigureNames.Availability), Is.EqualTo(new RecordedFigure(Figure.Exact(FigureNames.Availability, "orders", Unit.Ratio, 1, Better.Higher), 0.995, true)));
        Assert.That(breakers.Find(FigureNames.BreakerChanges, "orders-a/database")!.Figure.Lower, Is.Zero);
        Assert.That(breakers.Find(FigureNames.BreakerChanges, "orders-a/recommendations")!.Figure.Lower, Is.GreaterThan(2));
        Assert.That(breakers.Figures.Count(figure => figure.Figure.Name == FigureNames.ImpactAvailability), Is.EqualTo(3));
        Assert.That(breakers.LatencyHistogram, Is.Not.Empty);
        Assert.That(Journal.Read(Journal.Write(failover)).Figures, Is.EqualTo(failover.Figures));

        static string Earlier(string name) => Path.Combine(TestContext.CurrentContext.TestDirectory, "Journals", "Earlier", name + ".journal.json");
    }

    [TestCase("\"measurements\":{", "\"measurements\":{\"recovery\":{\"actual\":{},\"interrupted\":7},")]
    [TestCase("\"measurements\":{", "\"measurements\":{\"breakers\":[{\"breaker\":{}}],")]
    public void An_earlier_journal_that_makes_no_sense_is_refused(string from, string to)
    {
        const string Json = "{\"schema\":1,\"result\":{\"measurements\":{}}}";

        Assert.That(() => Journal.Read(Encoding.UTF8.GetBytes(Json.Replace(from, to, StringComparison.Ordinal))), Throws.TypeOf<FormatException>());
    }

    [Test]
    public async Task A_later_version_is_named_even_when_nothing_of_it_fits()
    {
        var json = Encoding.UTF8.GetString(Journal.Write(await SampleAsync())).Replace("{\"schema\":2,", "{\"schema\":3,", StringComparison.Ordinal);

        Assert.That(() => Journal.Read(Encoding.UTF8.GetBytes(json)), Throws.TypeOf<FormatException>().With.Message.Contains("schema 3"));
        Assert.That(() => Journal.Read("{\"schema\":3,\"result\":[7]}"u8), Throws.TypeOf<FormatException>().With.Message.Contains("schema 3"));
    }

    [TestCase("\"duration\":[0-9.]+", "\"duration\":1e28")]
    [TestCase("\"system\":\"[^\"]*\"", "\"system\":null")]
    [TestCase("\"startedAt\":\"[^\"]*\"", "\"startedAt\":\"soon\"")]
    public async Task Values_that_cannot_be_are_refused(string pattern, string replacement)
    {
        var json = Encoding.UTF8.GetString(Journal.Write(await SampleAsync()));
        var broken = System.Text.RegularExpressions.Regex.Replace(json, pattern, replacement);
        Assert.That(broken, Is.Not.EqualTo(json));

        Assert.That(() => Journal.Read(Encoding.UTF8.GetBytes(broken)), Throws.TypeOf<FormatException>());
    }

    [Test]
    public async Task A_schema_from_before_the_first_is_refused()
    {
        var json = Encoding.UTF8.GetString(Journal.Write(await SampleAsync())).Replace("{\"schema\":2,", "{\"schema\":0,", StringComparison.Ordinal);

        Assert.That(() => Journal.Read(Encoding.UTF8.GetBytes(json)), Throws.TypeOf<FormatException>());
    }

    [TestCase("[[1,0,0,0]]")]
    [TestCase("[[1,0,0,0,\"Odd\"]]")]
    [TestCase("[[1,0,0,0,\"Good\",\"x\",1]]")]
    [TestCase("[1]")]
    [TestCase("{}")]
    public async Task Malformed_observations_are_refused(string rows)
    {
        var json = Encoding.UTF8.GetString(Journal.Write(await SampleAsync()));
        var broken = System.Text.RegularExpressions.Regex.Replace(json, "\"observations\":\\[\\[.*\\]\\]", "\"observations\":" + rows, System.Text.RegularExpressions.RegexOptions.Singleline);
        Assert.That(broken, Is.Not.EqualTo(json));

        Assert.That(() => Journal.Read(Encoding.UTF8.GetBytes(broken)), Throws.TypeOf<FormatException>());
    }

    [Test]
    public async Task The_recorder_writes_a_whole_file_named_after_the_run()
    {
        var folder = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"), "deep");
        var result = await SampleAsync();

        await new JournalRecorder(folder).RecordAsync(result, CancellationToken.None);

        Assert.That(Directory.EnumerateFiles(folder).Select(Path.GetFileName), Is.EqualTo(new[] { result.RunId + ".journal.json" }));
        Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);
    }

    // To renew it after a change: CHAOSHARNESS_WRITE_SCHEMA=1 dotnet test --filter Name~schema
    [Test]
    public void The_schema_in_the_docs_is_that_of_the_code()
    {
        var root = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
        while (!root!.EnumerateFiles("ChaosHarness.sln").Any())
        {
            root = root.Parent;
        }

        var path = Path.Combine(root.FullName, "docs", "journal.schema.json");
        if (Environment.GetEnvironmentVariable("CHAOSHARNESS_WRITE_SCHEMA") == "1")
        {
            File.WriteAllText(path, JournalSchema.Write());
        }

        Assert.That(JournalSchema.Write(), Is.EqualTo(File.ReadAllText(path)));
    }

    private static async Task<RunRecord> SampleAsync()
    {
        using var shop = new FakeSystem { HealsAfter = TimeSpan.FromMilliseconds(300) };
        return await shop.RunAsync(shop.Experiment.Objectives(Objectives.Parse("2s", "0 writes, 1s", "50%")));
    }
}
