using ChaosHarness.Checkers;
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
        var figures = result.Figures;
        var (recovery, detection) = (figures.Main(FigureNames.RecoveryTime), figures.Main(FigureNames.TimeToDetect));
        KeyValuePair<string, object?>[] own =
        [
            new("chaosharness.run.id", result.RunId),
            new("chaosharness.experiment.name", result.Name),
            new("chaosharness.hypothesis", result.Hypothesis),
            new("chaosharness.topology", result.Topology),
            new("chaosharness.seed", result.Origin.Seed),
            new("chaosharness.parameters", result.Parameters.Count == 0 ? null : string.Join(", ", result.Parameters.OrderBy(parameter => parameter.Key, StringComparer.Ordinal).Select(parameter => $"{parameter.Key}={parameter.Value}"))),
            new("chaosharness.rto", recovery?.Objective),
            new("chaosharness.rta.lower", recovery?.Figure.Lower),
            new("chaosharness.rta.upper", recovery?.Figure.Upper),
            new("chaosharness.rpa.writes", figures.Main(FigureNames.LostWrites)?.Figure.Upper is { } lost ? (long)lost : null),
            new("chaosharness.ttd.upper", detection?.Figure.Upper),
            new("chaosharness.availability", figures.Main(FigureNames.Availability)?.Figure.Lower),
            new("vcs.ref.head.name", result.Origin.Branch),
            new("vcs.ref.head.revision", result.Origin.Commit),
            new("cicd.pipeline.run.id", result.Origin.Build),
            new("host.name", result.Origin.Host),
        ];
        return [.. Shared(result), .. own.Where(attribute => attribute.Value is not null)];
    }
}
