using ChaosHarness.Experiments;

namespace ChaosHarness.Telemetry;

/// <summary>What is said of a run in every span and metric of it, or only once in its trace.</summary>
internal static class RunAttributes
{
    /// <summary>Few values each, so that they may divide a metric.</summary>
    public static IReadOnlyList<KeyValuePair<string, object?>> Shared(RunRecord result) =>
    [
        new("chaosharness.experiment.id", result.ExperimentId),
        new("chaosharness.system", result.System),
        new("chaosharness.environment", result.Environment),
        new("chaosharness.profile", result.Origin.Profile ?? "none"),
        new("chaosharness.outcome", result.Outcome.ToString()),
    ];

    public static IReadOnlyList<KeyValuePair<string, object?>> Of(RunRecord result)
    {
        var measured = result.Measurements;
        KeyValuePair<string, object?>[] own =
        [
            new("chaosharness.run.id", result.RunId),
            new("chaosharness.experiment.name", result.Name),
            new("chaosharness.hypothesis", result.Hypothesis),
            new("chaosharness.topology", result.Topology),
            new("chaosharness.seed", result.Origin.Seed),
            new("chaosharness.rto", result.Objectives.Rto?.TotalSeconds),
            new("chaosharness.rta.lower", measured.Recovery?.Actual.Lower.TotalSeconds),
            new("chaosharness.rta.upper", measured.Recovery?.Actual.Upper?.TotalSeconds),
            new("chaosharness.rpa.writes", measured.DataLoss?.Lost),
            new("chaosharness.ttd.upper", measured.Detections is [var first, ..] ? first.TimeToDetect.Upper?.TotalSeconds : null),
            new("chaosharness.availability", measured.Availability?.Ratio),
            new("vcs.ref.head.name", result.Origin.Branch),
            new("vcs.ref.head.revision", result.Origin.Commit),
            new("cicd.pipeline.run.id", result.Origin.Build),
            new("host.name", result.Origin.Host),
        ];
        return [.. Shared(result), .. own.Where(attribute => attribute.Value is not null)];
    }
}
