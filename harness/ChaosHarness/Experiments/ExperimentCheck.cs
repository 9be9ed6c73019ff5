using System.Globalization;
using ChaosHarness.Checkers.Breakers;
using ChaosHarness.Checkers.Detections;
using ChaosHarness.Checkers.Promotions;
using ChaosHarness.Checkers.Writes;
using ChaosHarness.Faults;
using ChaosHarness.Faults.Restores;
using ChaosHarness.Schedules;
using ChaosHarness.Systems;
using ChaosHarness.Timing;

namespace ChaosHarness.Experiments;

/// <summary>Everything that can be wrong with an experiment, found before it is built.</summary>
internal static class ExperimentCheck
{
    public static IEnumerable<string> Mistakes(ExperimentBuilder builder) =>
    [
        .. builder.TextMistakes,
        .. Basics(builder),
        .. builder.Workloads.SelectMany(workload => workload.Mistakes()),
        .. builder.Probes.SelectMany(probe => probe.Mistakes()),
        .. builder.Conditions.Select(condition => condition.Mistake).OfType<string>(),
        .. builder.StopConditions.Select(condition => condition.Mistake).OfType<string>(),
        .. builder.Expectations.Concat(builder.ExperimentObjectives.Expectations).Distinct().SelectMany(expectation => expectation.Mistakes),
        .. Names(builder),
        .. Schedule(builder),
        .. Targets(builder),
        .. Unanswerable(builder),
    ];

    private static IEnumerable<string> Basics(ExperimentBuilder builder)
    {
        if (string.IsNullOrWhiteSpace(builder.Statement))
        {
            yield return "Hypothesis: say what is expected of the system.";
        }

        if (builder.ExperimentId is { } id && (string.IsNullOrWhiteSpace(id) || id.Length > 200))
        {
            yield return "Identified: an id has 1 to 200 characters.";
        }

        if (builder.Schedules.Count == 0)
        {
            yield return "Inject: no fault is injected.";
        }

        if (builder.Conditions.Count == 0)
        {
            yield return "SteadyState: no condition says what normal is.";
        }

        if (builder.Workloads.Count == 0 && builder.Probes.Count == 0)
        {
            yield return "Workload, Probe: nothing observes the system.";
        }

        if (builder.StabilityWindow.Observations < 1)
        {
            yield return $"Stability: at least 1 observation is needed, not {builder.StabilityWindow.Observations}.";
        }

        if (builder.RecoveryDeadline <= builder.StabilityWindow.Duration)
        {
            yield return "Deadline: it must be longer than the stability window, or no recovery can be seen.";
        }

        if (builder.SteadyWindow <= TimeSpan.Zero)
        {
            yield return "SteadyFor: the window must be positive.";
        }

        if (builder.System.Speed is not (>= SystemUnderTest.LeastSpeed and <= SystemUnderTest.MostSpeed))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"On: the Speed of {builder.System.Name} must be from {SystemUnderTest.LeastSpeed} to {SystemUnderTest.MostSpeed}; 20 is twenty times as fast as where its objectives come from.");
        }

        if (builder.RecoveryDeadline < builder.LongestRecovery)
        {
            yield return $"Deadline: it is {DurationText.Format(builder.RecoveryDeadline)}, shorter than the RTO of {DurationText.Format(builder.LongestRecovery)}{(builder.System.Speed == 1 ? "" : " here")}; no recovery that the RTO allows could be seen to its end.";
        }

        foreach (var (name, timeout) in builder.Workloads.Select(workload => (workload.Name, workload.Timeout)).Concat(builder.Probes.Select(probe => (probe.Name, probe.Timeout))))
        {
            if (timeout > builder.RecoveryDeadline)
            {
                yield return $"Timeout of '{name}': {DurationText.Format(timeout)} is longer than the deadline of {DurationText.Format(builder.RecoveryDeadline)}; requests that hang would stay undecided.";
            }
        }

    }

    // What nothing could ever meet is no verdict on the system.
    private static IEnumerable<string> Unanswerable(ExperimentBuilder builder)
    {
        foreach (var expectation in builder.Expectations.Concat(builder.ExperimentObjectives.Expectations).Distinct())
        {
            foreach (var losses in expectation.Checkers.OfType<LossChecker>())
            {
                var counted = builder.Workloads.Where(workload => losses.Source is null || workload.Name == losses.Source).ToList();
                foreach (var workload in counted.Where(workload => workload.Stored is null))
                {
                    yield return $"Expect '{expectation.Text}': nobody can tell what became of the writes of '{workload.Name}'; give it a ReadBack.";
                }

                if (counted.Count == 0 && losses.Source is null)
                {
                    yield return $"Expect '{expectation.Text}': there is no workload, so no write can be lost; add one with ReadBack.";
                }
            }

            if (builder.System.Signals.Count == 0 && expectation.Checkers.Any(checker => checker is DetectionChecker or PromotionChecker or BreakerChecker))
            {
                yield return $"Expect '{expectation.Text}': {builder.System.Name} has no Signals, so it cannot say anything of itself; add the sources that hear what it says.";
            }
        }

        foreach (var step in builder.Schedules.SelectMany(schedule => schedule.Strikes).OfType<AfterStep>().Distinct().Where(_ => builder.System.Signals.Count == 0))
        {
            yield return $"Inject: '{step.Description}' would wait for ever, as {builder.System.Name} has no Signals; add the sources that hear what it says.";
        }
    }

    private static IEnumerable<string> Names(ExperimentBuilder builder)
    {
        var sources = builder.Probes.Select(probe => probe.Name).Concat(builder.Workloads.Select(workload => workload.Name)).ToList();

        foreach (var twice in sources.GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            yield return $"Probe, Workload: the name '{twice.Key}' is used {twice.Count()} times.";
        }

        var wanted = builder.Conditions.Select(condition => ("SteadyState", condition.Source))
            .Concat(builder.StopConditions.Where(condition => condition.Source is not null).Select(condition => ("StopWhen", condition.Source!)))
            .Concat(builder.Expectations.SelectMany(expectation => expectation.Needs.Select(source => ($"Expect '{expectation.Text}'", source))))
            .Append(("RecoveryOf", builder.RecoverySignal ?? sources.FirstOrDefault() ?? ""));
        foreach (var (option, source) in wanted.Distinct())
        {
            if (sources.Count > 0 && !sources.Contains(source, StringComparer.Ordinal))
            {
                yield return $"{option}: no probe or workload is called '{source}'. There are: {string.Join(", ", sources)}.";
            }
        }
    }

    private static IEnumerable<string> Schedule(ExperimentBuilder builder) =>
        builder.Schedules.SelectMany(schedule => schedule.Mistakes).Concat(builder.Weakened.SelectMany(weakness => weakness.Mistakes)).Select(mistake => "Inject: " + mistake);

    private static IEnumerable<Fault> Faults(ExperimentBuilder builder) => builder.Schedules.SelectMany(schedule => schedule.Faults).Concat(builder.Weakened);

    private static IEnumerable<string> Targets(ExperimentBuilder builder)
    {
        foreach (var twice in builder.System.Components.GroupBy(component => component.Name, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            yield return $"On: {builder.System.Name} has {twice.Count()} components called '{twice.Key}', which would make what is hit a smaller share of it.";
        }

        var components = builder.System.Components.Select(component => component.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var fault in Faults(builder))
        {
            if (string.IsNullOrWhiteSpace(fault.Description))
            {
                yield return $"Inject, Given: a fault of type {fault.GetType().Name} has no Description; say what it does, such as 'crash db-a'.";
            }

            // Code of others may give what its types do not allow.
            var targets = fault.Targets ?? [];
            if (targets.Count == 0)
            {
                yield return $"Inject: '{fault.Description}' has no target.";
            }

            // What a restore makes is apart from the system, and no component of it.
            foreach (var target in targets.Where(target => fault is not Restore && components.Count > 0 && !components.Contains(target)))
            {
                yield return $"Inject: '{fault.Description}' hits '{target}', which is no component of {builder.System.Name}. There are: {string.Join(", ", components.Order(StringComparer.Ordinal))}.";
            }
        }
    }
}
