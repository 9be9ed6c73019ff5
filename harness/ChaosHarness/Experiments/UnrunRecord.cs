namespace ChaosHarness.Experiments;

/// <summary>Records of what never ran.</summary>
public static class UnrunRecord
{
    private static readonly string Unknown = "unknown";

    /// <summary>The record of an experiment of which nothing is known but its name, because whatever was to run it failed before.</summary>
    /// <param name="options">How it was to be run.</param>
    /// <param name="outcome">What that counts as.</param>
    /// <param name="reason">Why it never ran.</param>
    /// <param name="started">When it was to run.</param>
    /// <returns>The record.</returns>
    public static RunRecord Of(RunnerOptions options, Outcome outcome, string? reason, DateTimeOffset started)
    {
        ArgumentNullException.ThrowIfNull(options);
        var name = options.DefaultName ?? options.DefaultId ?? Unknown;
        return new RunRecord
        {
            RunId = RunRecord.NewRunId(started),
            ExperimentId = options.DefaultId ?? name,
            Parameters = options.Parameters,
            Name = name,
            Labels = options.Labels,
            Origin = options.Origin,
            Versions = options.Versions,
            Hypothesis = name,
            System = Unknown,
            Environment = Unknown,
            Topology = Unknown,
            StartedAt = started,
            Duration = options.Time.GetUtcNow() - started,
            Outcome = outcome,
            Reason = reason,
            Objectives = options.DefaultObjectives,
            Phases = [.. Enum.GetValues<PhaseName>().Select(phase => new PhaseRecord(phase, PhaseStatus.Skipped, default))],
            Faults = [],
            Timeline = [],
            Observations = [],
        };
    }

    internal static RunRecord Invalid(ExperimentBuilder builder, RunnerOptions options, InvalidExperimentException exception)
    {
        var now = options.Time.GetUtcNow();
        var name = builder.ExperimentName ?? builder.Statement;
        return Of(options, Outcome.Invalid, exception.Message, now) with
        {
            ExperimentId = builder.ExperimentId ?? name,
            Name = name,
            Hypothesis = builder.Statement,
            Step = builder.Step,
            System = builder.System.Name,
            Topology = builder.System.Topology,
        };
    }
}
