using System.Runtime.CompilerServices;
using ChaosHarness.Faults;
using ChaosHarness.Systems;

namespace ChaosHarness.Schedules;

/// <summary>When faults strike and end. A fault is a schedule of its own: one that strikes at once, and stays until the run ends. A value.</summary>
public abstract class Schedule
{
    private protected Schedule()
    {
    }

    /// <summary>What happens when, in words.</summary>
    public abstract string Description { get; }

    /// <summary>Every fault that may strike, the candidates for those of which it is not known yet included.</summary>
    public abstract IReadOnlyList<Fault> Faults { get; }

    /// <summary>What is wrong with it, a line each.</summary>
    internal abstract IReadOnlyList<string> Mistakes { get; }

    /// <summary>Whether nothing of it is in force any more once it is over.</summary>
    internal abstract bool EndsByItself { get; }

    /// <summary>Whether all of it strikes in the moment in which it begins.</summary>
    internal virtual bool StrikesAtOnce => false;

    /// <summary>The steps that strike, once for each time that they are to; one of several candidates is one.</summary>
    internal abstract IEnumerable<Schedule> Strikes { get; }

    /// <summary>A fault that strikes at once.</summary>
    /// <param name="fault">The fault.</param>
    public static implicit operator Schedule(Fault fault) => new FaultStep(fault);

    /// <summary>Something that begins a while after the schedule, or the step that it is in.</summary>
    /// <param name="time">How long after, such as <c>10s</c>.</param>
    /// <param name="what">What begins then.</param>
    /// <returns>The schedule.</returns>
    public static Schedule At(string time, Schedule what) => new AtStep(new StepTime("At", time), what);

    /// <summary>A fault on a component that is known only once the system has said so, such as the standby that was promoted.</summary>
    /// <param name="signal">What the system has to say; the source of it is the component.</param>
    /// <param name="among">The components that it may turn out to be: all of them count in the blast radius. What is said of others is passed over.</param>
    /// <param name="fault">What is done to that component.</param>
    /// <param name="delay">How long after the signal.</param>
    /// <typeparam name="T">The kind of component.</typeparam>
    /// <returns>The schedule.</returns>
    public static Schedule After<T>(SignalMatch signal, IReadOnlyList<T> among, Func<T, Fault> fault, string delay = "0s")
        where T : IComponent => AfterStep.Among(signal, among, fault, new StepTime("After", delay));

    /// <summary>Something that begins once the system has said something.</summary>
    /// <param name="signal">What it has to say.</param>
    /// <param name="what">What begins then.</param>
    /// <param name="delay">How long after the signal.</param>
    /// <returns>The schedule.</returns>
    public static Schedule After(SignalMatch signal, Schedule what, string delay = "0s") => new AfterStep(signal, [(null, what)], new StepTime("After", delay));

    /// <summary>All of it at the same time.</summary>
    /// <param name="all">At least one.</param>
    /// <returns>The schedule.</returns>
    public static Schedule InParallel(params IReadOnlyList<Schedule> all) => new ParallelSteps(all);

    /// <summary>One after another: what has a duration has ended before the next begins.</summary>
    /// <param name="all">At least one.</param>
    /// <returns>The schedule.</returns>
    public static Schedule InSequence(params IReadOnlyList<Schedule> all) => new SequentialSteps(all);

    /// <summary>The same fault again and again, each time stronger.</summary>
    /// <param name="name">What it is called: the steps are called so with their strength behind it.</param>
    /// <param name="steps">The strengths, such as <c>10ms</c>, <c>50ms</c>.</param>
    /// <param name="each">How long each of them lasts.</param>
    /// <param name="fault">Makes the fault of a strength.</param>
    /// <returns>The schedule.</returns>
    public static Schedule Ramp(string name, IReadOnlyList<string> steps, string each, Func<string, Fault> fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        return Ramp(name, steps, each, step => (Schedule)fault(step));
    }

    /// <summary>The same again and again, each time stronger.</summary>
    /// <param name="name">What it is called: the steps are called so with their strength behind it.</param>
    /// <param name="steps">The strengths, such as <c>10ms</c>, <c>50ms</c>.</param>
    /// <param name="each">How long each of them lasts.</param>
    /// <param name="schedule">Makes what is done at a strength.</param>
    /// <returns>The schedule.</returns>
    public static Schedule Ramp(string name, IReadOnlyList<string> steps, string each, Func<string, Schedule> schedule)
    {
        ArgumentNullException.ThrowIfNull(steps);
        ArgumentNullException.ThrowIfNull(schedule);
        return new SequentialSteps([.. steps.Select(step => MistakenStep.Unless(() => schedule(step), $"Ramp '{name}', step {step}").For(each).Named($"{name} {step}"))], $"Ramp '{name}'");
    }

    /// <summary>Something that is no fault and is not undone, such as a deployment in the middle of it all.</summary>
    /// <param name="what">What is done.</param>
    /// <param name="action">Does it; a failure breaks the run.</param>
    /// <param name="within">How long it may take.</param>
    /// <returns>The schedule.</returns>
    public static Schedule Do(string what, Func<CancellationToken, ValueTask> action, string within = "1m") => new ActionStep(what, action, new StepTime("Do", within));

    /// <summary>Something that is no fault and is not undone, such as a deployment in the middle of it all.</summary>
    /// <param name="what">What is done.</param>
    /// <param name="action">Does it; a failure breaks the run.</param>
    /// <param name="within">How long it may take.</param>
    /// <returns>The schedule.</returns>
    [OverloadResolutionPriority(-1)]
    public static Schedule Do(string what, Func<CancellationToken, Task> action, string within = "1m") => Do(what, token => new ValueTask(action(token)), within);

    /// <summary>The same, with all that it brought into force undone after a time.</summary>
    /// <param name="time">Such as <c>10s</c>, from when the last of it has taken effect.</param>
    /// <returns>The schedule.</returns>
    public Schedule For(string time) => new TimedStep(this, new StepTime("For", time));

    /// <summary>The same several times.</summary>
    /// <param name="count">How often.</param>
    /// <param name="pause">How long from the end of one time to the next.</param>
    /// <returns>The schedule.</returns>
    public Schedule Times(int count, string pause) => new RepeatedStep(this, count, new StepTime("Times", pause));

    /// <summary>The same under another name: a single fault is called so, several have it in front of theirs.</summary>
    /// <param name="name">What its windows are called in records.</param>
    /// <returns>The schedule.</returns>
    public Schedule Named(string name) => new NamedStep(this, name);

    /// <summary><see cref="Description"/>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Description;

    /// <summary>Runs it to its end.</summary>
    /// <param name="run">The run that it is part of.</param>
    /// <param name="planned">When it is to begin.</param>
    /// <param name="context">What the steps around it say of its faults.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>What is still in force when it is over, and when it was to be over.</returns>
    internal abstract Task<StepEnd> RunAsync(ScheduleRun run, TimeSpan planned, StepContext context, CancellationToken cancellationToken);

    /// <summary>Why it has not struck, where it is one of <see cref="Strikes"/>.</summary>
    internal virtual string WhyNotStruck(ScheduleRun run) => "observing ended before its time came";
}
