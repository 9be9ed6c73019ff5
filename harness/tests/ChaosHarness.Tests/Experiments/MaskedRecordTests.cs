using ChaosHarness.Experiments;
using ChaosHarness.Probes;

namespace ChaosHarness.Tests.Experiments;

/// <summary>No recorder sees a secret, wherever in a record it is.</summary>
public sealed class MaskedRecordTests
{
    [Test]
    public async Task A_secret_reaches_no_recorder_by_any_way()
    {
        const string Secret = "hunter2-hunter2";
        var seen = new Seen();
        var options = new RunnerOptions { Parameters = new Dictionary<string, string> { ["DbPassword"] = Secret, ["Connection"] = $"Host=db;Password={Secret}" } };
        var plain = UnrunRecord.Of(options, Outcome.Broken, "nothing", DateTimeOffset.UtcNow);
        var record = plain with
        {
            Reason = $"psql said: PGPASSWORD={Secret}",
            Hypothesis = $"token: {Secret}",
            Findings = [new FindingRecord("probe", $"answered {{\"apiKey\":\"{Secret}\"}}")],
            Phases = [.. plain.Phases.Select(phase => phase with { Detail = $"--password {Secret}" })],
            Timeline = [new TimelineEvent(default, TimelineKind.Note, "fis", $"documentParameters: {{\\\"DBPassword\\\":\\\"{Secret}\\\"}}")],
            Observations = [new ObservationSeries("probe", default!, [new Observation(0, default, default, default, default, $"postgres://app:{Secret}@db")])],
        };

        Assert.That(await Rendering.RecordAsync(seen, record, options), Is.Null);
        var shown = $"{seen.Record}{string.Join(' ', seen.Record!.Findings)}{string.Join(' ', seen.Record.Phases)}{string.Join(' ', seen.Record.Timeline)}{string.Join(' ', seen.Record.Observations[0].Observations)}{string.Join(' ', seen.Record.Parameters)}";
        Assert.That(shown, Does.Not.Contain(Secret).And.Contain("psql said: PGPASSWORD=***").And.Contain("Host=db;Password=***"));
        Assert.That(await Rendering.RecordAsync(seen, plain with { Parameters = new Dictionary<string, string>() }, options), Is.Null);
    }

    [Test]
    public async Task A_record_without_secrets_is_handed_on_as_it_is()
    {
        var seen = new Seen();
        var record = UnrunRecord.Of(new RunnerOptions(), Outcome.Broken, "3 passwords rotated", DateTimeOffset.UtcNow);
        await Rendering.RecordAsync(seen, record, new RunnerOptions());

        Assert.That(seen.Record, Is.SameAs(record));
    }

    [Test]
    public async Task A_record_that_cannot_be_masked_reaches_nobody_and_says_so()
    {
        var seen = new Seen();
        var holed = UnrunRecord.Of(new RunnerOptions(), Outcome.Broken, "x", DateTimeOffset.UtcNow) with { Timeline = [null!] };

        Assert.That(await Rendering.RecordAsync(seen, holed, new RunnerOptions()), Does.StartWith("'Seen': record failed"));
        Assert.That(seen.Record, Is.Null);
    }

    private sealed class Seen : IExperimentRecorder
    {
        public RunRecord? Record { get; private set; }

        public ValueTask RecordAsync(RunRecord result, CancellationToken cancellationToken)
        {
            Record = result;
            return ValueTask.CompletedTask;
        }
    }
}
