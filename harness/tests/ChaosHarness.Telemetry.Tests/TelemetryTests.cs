using System.Diagnostics.Metrics;
using System.Diagnostics;
using System.Text;
using ChaosHarness.Checkers;
using ChaosHarness.Expectations;
using ChaosHarness.Experiments;
using ChaosHarness.Origins;
using ChaosHarness.Timing;

namespace ChaosHarness.Telemetry.Tests;

[NonParallelizable]
public sealed class TelemetryTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public void A_run_is_a_trace_with_its_steps_as_spans_in_their_own_time()
    {
        using var source = new ActivitySource("test");
        var spans = new List<Activity>();
        using var listener = new ActivityListener { ShouldListenTo = candidate => candidate == source, Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded, ActivityStopped = spans.Add };
        ActivitySource.AddActivityListener(listener);
        using var ambient = new Activity("ambient").Start();

        new RunTrace(source).Write(Run());

        var root = spans.Single(span => span.OperationName == "experiment Losing a");
        Assert.That(root.ParentSpanId, Is.EqualTo(default(ActivitySpanId)), "a trace of its own");
        Assert.That((root.StartTimeUtc, root.Duration), Is.EqualTo((Start.UtcDateTime, TimeSpan.FromSeconds(9))));
        Assert.That((root.Status, root.StatusDescription), Is.EqualTo((ActivityStatusCode.Error, "it was slow, Password=***")));
        Assert.That((root.GetTagItem("chaosharness.rto"), root.GetTagItem("chaosharness.rta.upper"), root.GetTagItem("chaosharness.rpa.writes")), Is.EqualTo((1.0, 1.1, 3L)));
        Assert.That(root.GetTagItem("chaosharness.parameters"), Is.EqualTo("again=no, later=2s"));
        Assert.That(root.GetTagItem("vcs.ref.head.name"), Is.EqualTo("main"));
        var steps = spans.Where(span => span != root).ToList();
        Assert.That(steps.Select(span => span.OperationName), Is.EqualTo(new[] { "Inject", "Observe" }));
        Assert.That(steps.Select(span => span.ParentSpanId), Has.All.EqualTo(root.SpanId));
        Assert.That((steps[1].StartTimeUtc, steps[1].Duration), Is.EqualTo((Start.AddSeconds(3).UtcDateTime, TimeSpan.FromSeconds(4))));
        Assert.That(steps[1].Events.Single().Timestamp, Is.EqualTo(Start.AddSeconds(3.5)));
        Assert.That(steps[0].Events, Is.Empty, "what happens as one step gives way to the next is told once");
        Assert.That(Activity.Current, Is.SameAs(ambient));
    }

    [Test]
    public void A_run_is_a_measurement_of_each_figure_that_it_has()
    {
        using var meter = new Meter("test");
        var measured = new Dictionary<string, double>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, self) => self.EnableMeasurementEvents(instrument) };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.Start();
        var metrics = new RunMetrics(meter);

        metrics.Write(Run());
        Assert.That(measured, Is.EquivalentTo(new Dictionary<string, double>
        {
            ["chaosharness.runs"] = 1,
            ["chaosharness.recovery.time"] = 1.1,
            ["chaosharness.detection.time"] = 0.2,
            ["chaosharness.availability"] = 0.95,
            ["chaosharness.writes.lost"] = 3,
            ["recovery time orders s"] = 1.1,
            ["time to detect  s"] = 0.2,
            ["availability orders ratio"] = 0.95,
            ["lost writes orders count"] = 3,
            ["stale reads  reads"] = 7,
        }));

        measured.Clear();
        metrics.Write(Run() with { Figures = [new RecordedFigure(new Figure(FigureNames.RecoveryTime, "orders", Unit.Seconds, 60, null)), new RecordedFigure(new Figure(FigureNames.TimeToDetect, "", Unit.Seconds, 60, null))] });
        Assert.That(measured, Is.EquivalentTo(new Dictionary<string, double> { ["chaosharness.runs"] = 1, ["chaosharness.recovery.missing"] = 1, ["chaosharness.detection.missing"] = 1 }));

        measured.Clear();
        metrics.Write(Run() with { Figures = [new RecordedFigure(new Figure(FigureNames.RecoveryTime, "orders", Unit.Seconds, null, null))] });
        Assert.That(measured, Is.EquivalentTo(new Dictionary<string, double> { ["chaosharness.runs"] = 1 }), "a recovery that nobody knows is none, and not missing either");

        measured.Clear();
        metrics.Write(Run() with { Figures = [] });
        Assert.That(measured, Is.EquivalentTo(new Dictionary<string, double> { ["chaosharness.runs"] = 1 }), "what nobody looked for is not missing");

        void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (instrument.Meter == meter)
            {
                measured[instrument.Name == "chaosharness.figure" ? string.Join(' ', tags.ToArray().Where(tag => tag.Key.StartsWith(instrument.Name, StringComparison.Ordinal)).Select(tag => tag.Value)) : instrument.Name] = value;
            }
        }
    }

    [Test]
    public async Task A_collector_receives_both_before_the_recording_ends()
    {
        await using var collector = await Collector.StartAsync();
        using var variables = new Variables(("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"));
        var warnings = new List<string>();
        using var recorder = (TelemetryRecorder)new TelemetryRecording().Create(Settings(warnings))!;

        await recorder.RecordAsync(Run(), CancellationToken.None);

        var bodies = collector.Received.ToLookup(request => request.Path, request => Encoding.UTF8.GetString(request.Body));
        Assert.That(bodies["/v1/traces"].Single(), Does.Contain("experiment Losing a").And.Contain("Observe").And.Contain("Promotion db-b"));
        Assert.That(bodies["/v1/metrics"].Single(), Does.Contain("chaosharness.recovery.time").And.Contain("losing-a"));
        Assert.That(warnings, Is.Empty);
    }

    [Test]
    public async Task A_collector_that_does_not_answer_is_told_and_does_no_harm()
    {
        using var variables = new Variables(("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_EXPORTER_OTLP_TIMEOUT", "500"));
        var warnings = new List<string>();
        using var recorder = (TelemetryRecorder)new TelemetryRecording().Create(Settings(warnings))!;

        await recorder.RecordAsync(Run(), CancellationToken.None);

        Assert.That(warnings, Is.EqualTo(new[] { "Run run was not taken by the collector of OTEL_EXPORTER_OTLP_ENDPOINT." }));
    }

    [Test]
    public void Without_a_collector_there_is_no_recorder()
    {
        using var variables = new Variables(("OTEL_EXPORTER_OTLP_ENDPOINT", null));

        Assert.That(new TelemetryRecording().Create(Settings([])), Is.Null);
    }

    private static RecorderSettings Settings(List<string> warnings) => new() { BaseFolder = "/", JournalFolder = "/", Warn = warnings.Add };

    private static RunRecord Run() => new()
    {
        RunId = "run",
        ExperimentId = "losing-a",
        Parameters = new Dictionary<string, string> { ["later"] = "2s", ["again"] = "no" },
        Name = "Losing a",
        Hypothesis = "it comes back",
        System = "shop",
        Environment = "local",
        Topology = "processes",
        Origin = new RunOrigin { Branch = "main" },
        StartedAt = Start,
        Duration = TimeSpan.FromSeconds(9),
        Outcome = Outcome.Failed,
        Reason = "it was slow, Password=hunter2",
        Objectives = Objectives.None,
        Figures =
        [
            new RecordedFigure(new Figure(FigureNames.RecoveryTime, "orders", Unit.Seconds, 1, 1.1), 1, false),
            new RecordedFigure(new Figure(FigureNames.TimeToDetect, "", Unit.Seconds, 0, 0.2)),
            new RecordedFigure(Figure.Exact(FigureNames.Availability, "orders", Unit.Ratio, 0.95, Better.Higher)),
            new RecordedFigure(Figure.Exact(FigureNames.LostWrites, "orders", Unit.Count, 3)),
            new RecordedFigure(Figure.Exact("stale reads", "", new Unit("reads"), 7)),
        ],
        Phases =
        [
            new PhaseRecord(PhaseName.Inject, PhaseStatus.Passed, new TimeWindow(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3)), "crash"),
            new PhaseRecord(PhaseName.Observe, PhaseStatus.Failed, new TimeWindow(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(7))),
            new PhaseRecord(PhaseName.Verify, PhaseStatus.Skipped, default),
        ],
        Faults = [],
        Timeline = [new TimelineEvent(TimeSpan.FromSeconds(3.5), TimelineKind.Promotion, "db-b", "took over"), new TimelineEvent(TimeSpan.FromSeconds(2.5), TimelineKind.Phase, "x", "")],
        Observations = [],
    };

    /// <summary>Sets variables of the environment for as long as a test runs.</summary>
    private sealed class Variables : IDisposable
    {
        private readonly List<(string Name, string? Value)> _before = [];

        public Variables(params (string Name, string? Value)[] variables)
        {
            foreach (var (name, value) in variables)
            {
                _before.Add((name, Environment.GetEnvironmentVariable(name)));
                Environment.SetEnvironmentVariable(name, value);
            }
        }

        public void Dispose() => _before.ForEach(variable => Environment.SetEnvironmentVariable(variable.Name, variable.Value));
    }
}
