using ChaosHarness.Experiments;
using ChaosHarness.Timing;

namespace ChaosHarness.NUnit;

/// <summary>What the attribute of a test holds each of its runs to.</summary>
internal sealed record TestObjectives(Objectives Objectives, LatencyObjective? Latency, TimeSpan? Ttd)
{
    /// <exception cref="FormatException">One cannot be read; the message says which and how it is written.</exception>
    public static TestObjectives Parse(ExperimentAttribute experiment) => new(
        Objectives.Parse(experiment.Rto, experiment.Rpo, experiment.Availability),
        experiment.Latency is { } latency ? LatencyObjective.Parse(latency) : null,
        experiment.Ttd is { } ttd ? DurationText.Parse(ttd) : null);
}
