using System.Globalization;
using ChaosHarness.Experiments;
using ChaosHarness.Safety;

namespace ChaosHarness.GameDay.Termination;

/// <summary>Terminates on one day what chance has decided on, each at its minute, and notes what became of it.</summary>
/// <param name="settings">What may be terminated.</param>
/// <param name="log">What became of earlier ones.</param>
/// <param name="options">How experiments are run; the calendar and the environment of the settings are added.</param>
/// <param name="say">Tells people what happens, a line each.</param>
internal sealed class RandomTermination(TerminationSettings settings, TerminationLog log, RunnerOptions options, Action<string> say)
{
    /// <summary>What comes later than this after its time is missed: the hour that was drawn has passed.</summary>
    public static readonly TimeSpan MostLate = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan ListPatience = TimeSpan.FromSeconds(30);
    private readonly TimeProvider _time = options.Time;

    /// <summary>Does what is planned for the working day that is now, and returns when all of it is over.</summary>
    /// <returns>False when a run did not pass, or something that was due could not be done.</returns>
    /// <exception cref="Calendars.UnreadableCalendarException">The calendar of freezes cannot be read.</exception>
    /// <exception cref="IOException">The log cannot be written.</exception>
    public async Task<bool> RunTodayAsync(CancellationToken cancellationToken)
    {
        if (!settings.IsEnabled)
        {
            say("Nothing is terminated: enabled is false.");
            return true;
        }

        var today = settings.Hours.DayOf(_time.GetUtcNow());
        // Hours that began yesterday may go on past midnight.
        var isWell = settings.OpenOn(today.AddDays(-1)) is not [.., var last] || last.Until <= _time.GetUtcNow() || await RunAsync(today.AddDays(-1), cancellationToken).ConfigureAwait(false);
        return await RunAsync(today, cancellationToken).ConfigureAwait(false) && isWell;
    }

    /// <summary>Looks what would be done for what is planned on a day, without waiting for its time, and does and notes nothing.</summary>
    public async Task RehearseAsync(CancellationToken cancellationToken)
    {
        var today = settings.Hours.DayOf(_time.GetUtcNow());
        var planned = TerminationPlan.Of(settings, today, today.AddDays(1), log.LastBefore(today)).ToList();
        var outage = await settings.Outage.WhyBadAsync(cancellationToken).ConfigureAwait(false);
        say(outage is null ? "The check of outages is well." : $"The check of outages is not well, so nothing would be terminated now: {outage}");
        foreach (var group in settings.Groups)
        {
            var (instances, problem) = settings.Concerns(group) ? await InstancesAsync(group, cancellationToken).ConfigureAwait(false) : ([], null);
            var one = planned.Find(candidate => candidate.Group == group);
            say($"{group.Name}: " + (!settings.Concerns(group) ? "takes no part"
                : problem ?? (one is null ? "nothing today" + (TerminationPlan.Choose(settings, new PlannedTermination(group, today, default), instances) is null ? "; every instance is excepted" : "")
                : log.IsSettled(group.Name, today) ? "what was planned for today is settled"
                : TerminationPlan.Choose(settings, one, instances) is { } instance ? $"would terminate {instance} at {Clock(one.At)}" : "every instance is excepted")));
        }
    }

    private async Task<bool> RunAsync(DateOnly day, CancellationToken cancellationToken)
    {
        var due = TerminationPlan.Of(settings, day, day.AddDays(1), log.LastBefore(day)).Where(planned => !log.IsSettled(planned.Group.Name, day)).ToList();
        if (due.Count == 0)
        {
            say(string.Create(CultureInfo.InvariantCulture, $"Nothing more is planned for {day:yyyy-MM-dd}."));
            return true;
        }

        foreach (var planned in due)
        {
            say($"{planned.Group.Name}: an instance {(settings.IsLeashed ? "would be" : "is")} terminated at {Clock(planned.At)}");
        }

        // Each at its time: none waits for the run of another.
        var done = await Task.WhenAll(due.Select(planned => AtItsTimeAsync(planned, cancellationToken))).ConfigureAwait(false);
        return Array.TrueForAll(done, isWell => isWell);
    }

    private async Task<bool> AtItsTimeAsync(PlannedTermination planned, CancellationToken cancellationToken)
    {
        if (planned.At - _time.GetUtcNow() is var wait && wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, _time, cancellationToken).ConfigureAwait(false);
        }

        // A machine that slept is late too.
        if (_time.GetUtcNow() - planned.At > MostLate)
        {
            return Note(planned, TerminationEvent.Missed, $"it was planned for {Clock(planned.At)}, and nobody was there then");
        }

        if (settings.Calendar.WhyRefused(_time.GetUtcNow()) is { } refusal)
        {
            return Note(planned, TerminationEvent.Refused, refusal);
        }

        if (await settings.Outage.WhyBadAsync(cancellationToken).ConfigureAwait(false) is { } outage)
        {
            return Note(planned, TerminationEvent.Outage, outage);
        }

        var (instances, problem) = await InstancesAsync(planned.Group, cancellationToken).ConfigureAwait(false);
        if (problem is not null || TerminationPlan.Choose(settings, planned, instances) is not { } instance)
        {
            Note(planned, TerminationEvent.NoInstance, problem ?? (instances.Count == 0 ? "it has none" : "every one is excepted"));
            return problem is null;
        }

        return settings.IsLeashed ? Note(planned, TerminationEvent.WouldTerminate, "leashed: true", instance) : await TerminateAsync(planned, instances, instance, cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> TerminateAsync(PlannedTermination planned, IReadOnlyList<string> instances, string instance, CancellationToken cancellationToken)
    {
        Note(planned, TerminationEvent.Chosen, null, instance);
        if (await RunAsync(TerminationExperiment.Of(settings, planned.Group, instances, instance), cancellationToken).ConfigureAwait(false) is not { } record)
        {
            Note(planned, TerminationEvent.NotTerminated, "the run could not be made", instance);
            return false;
        }

        Note(planned, record.Injection is null ? TerminationEvent.NotTerminated : TerminationEvent.Terminated, $"{record.Outcome}{(record.Reason is { } reason ? $": {reason}" : "")}", instance, record.RunId);
        return record.Outcome == Outcome.Passed;
    }

    private async Task<RunRecord?> RunAsync(ExperimentBuilder experiment, CancellationToken cancellationToken)
    {
        var runner = new ExperimentRunner(options with
        {
            Labels = [.. options.Labels, TerminationExperiment.Label],
            Origin = options.Origin with { Profile = TerminationExperiment.Label, Seed = settings.Seed },
            Safety = options.Safety with
            {
                AllowedEnvironments = [settings.Environment],
                ProductionPermission = settings.ProductionPermission,
                Permits = [.. options.Safety.Permits, settings.Calendar],
            },
        });
        try
        {
            return await runner.RunAsync(experiment, cancellationToken).ConfigureAwait(false);
        }
        catch (RenderingException exception)
        {
            say(exception.Message);
            return exception.Records[^1];
        }
        catch (InvalidExperimentException exception)
        {
            say(exception.Message);
            return null;
        }
    }

    private static async Task<(IReadOnlyList<string> Instances, string? Problem)> InstancesAsync(TerminationGroup group, CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyList<string> found = [.. (group.Instances ?? await ProgramOutput.ReadAsync(group.InstancesFrom!, ListPatience, cancellationToken).ConfigureAwait(false)).Distinct(StringComparer.Ordinal)];
            // It becomes an argument of a program, which might take it for something else.
            return found.FirstOrDefault(name => name.StartsWith('-') || name.Any(char.IsControl)) is { } odd ? ([], $"'{TerminalText.Of(odd)}' is no name of an instance") : (found, null);
        }
        catch (InvalidOperationException exception)
        {
            return ([], $"its instances are not known: {exception.Message}");
        }
    }

    private bool Note(PlannedTermination planned, TerminationEvent what, string? why, string? instance = null, string? run = null)
    {
        log.Add(new TerminationEntry(_time.GetUtcNow(), planned.Day, planned.Group.Name, what) { Instance = instance, Why = why, Run = run });
        say($"{planned.Group.Name}: {Words(what, instance)}{(why is null ? "" : $": {TerminalText.Of(why)}")}");
        return true;
    }

    private static string Words(TerminationEvent what, string? instance) => what switch
    {
        TerminationEvent.Chosen => $"terminating {instance}",
        TerminationEvent.Terminated => $"{instance} was terminated",
        TerminationEvent.NotTerminated => $"{instance} was not terminated",
        TerminationEvent.WouldTerminate => $"{instance} would have been terminated",
        TerminationEvent.Outage => "no termination today, as something is wrong already",
        TerminationEvent.Refused => "no termination today",
        TerminationEvent.NoInstance => "no instance to terminate",
        _ => "missed",
    };

    private string Clock(DateTimeOffset at) => NodaTime.Instant.FromDateTimeOffset(at).InZone(Calendars.Zones.Get(settings.Hours.TimeZone)).ToString("HH:mm", CultureInfo.InvariantCulture) + " " + settings.Hours.TimeZone;
}
