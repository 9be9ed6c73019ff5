using ChaosHarness.Expectations;
using ChaosHarness.Experiments;

namespace ChaosHarness.Tool.Tests.Commands;

/// <summary>Records of runs, for journals.</summary>
internal static class DrilledJournals
{
    public static RunRecord Nightly(string id) => new()
    {
        RunId = id,
        Name = "Losing the primary",
        Hypothesis = "it holds",
        System = "shop",
        Environment = "local",
        Topology = "processes",
        StartedAt = new DateTimeOffset(2026, 11, 2, 0, 0, 0, TimeSpan.Zero),
        Duration = TimeSpan.FromSeconds(10),
        Outcome = Outcome.Passed,
        Objectives = Objectives.None,
        Phases = [],
        Faults = [],
        Timeline = [],
        Observations = [],
    };

    public static RunRecord Attended(string id) => Nightly(id) with
    {
        Go = new GoRecord("Ada", null, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)),
        Timeline = [new TimelineEvent(TimeSpan.FromSeconds(3), TimelineKind.Person, "Ada", "gave the go")],
    };
}
