using System.Runtime.CompilerServices;
using ChaosHarness.Calls;
using ChaosHarness.Expectations;
using ChaosHarness.Origins;
using ChaosHarness.Safety;
using ChaosHarness.Timing;

namespace ChaosHarness.Experiments;

/// <summary>How experiments are run, whichever they are.</summary>
public sealed record RunnerOptions
{
    /// <summary>Where time comes from.</summary>
    /// <value>Default: the system.</value>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What may be broken.</summary>
    /// <value>Default: the local environment, at most 5 components and half of all.</value>
    public SafetyPolicy Safety { get; init; } = new();

    /// <summary>Where fault journals are kept: shared by all runs of a user on a machine, so that each finds what another left behind.</summary>
    /// <value>Default: <c>chaosharness</c> in the user's local application data.</value>
    public string FaultJournalFolder { get => field ?? UsersFolder; init; }

    /// <summary>What keeps two runs from breaking one system at the same time; all of them have to agree.</summary>
    /// <value>Default: files that every process of this machine looks at.</value>
    public IReadOnlyList<ISystemLease> Leases { get; init => field = NoneMissing(value); } = [new LeaseFiles(LeaseFiles.DefaultFolder, TimeProvider.System)];

    /// <summary>How long to wait for a run of another process that breaks the same system. Runs of the same process always wait for each other.</summary>
    /// <value>Default: zero, such a run is Inconclusive.</value>
    public TimeSpan LeaseWait { get; init; }

    /// <summary>What counts how long the runs take, where somebody limits that: the time in which a run only waits for its system is not counted.</summary>
    /// <value>Default: null, nobody counts.</value>
    public RunningTime? RunningTime { get; init; }

    /// <summary>How long code of others may take: faults, stop conditions, sources, leases, recorders.</summary>
    /// <value>Default: those of <see cref="CallLimits"/>.</value>
    public CallLimits Limits { get; init; } = new();

    /// <summary>What receives the result of a run, in this order.</summary>
    /// <value>Default: none.</value>
    public IReadOnlyList<IExperimentRecorder> Recorders { get; init => field = NoneMissing(value); } = [];

    /// <summary>Who is shown the runs while they go on.</summary>
    /// <value>Default: nobody.</value>
    public IReadOnlyList<IRunWatcher> Watchers { get; init => field = NoneMissing(value); } = [];

    /// <summary>What undoes faults of killed runs, beside the kinds that the harness knows itself.</summary>
    /// <value>Default: none.</value>
    public IReadOnlyList<IRecipeReverter> Reverters { get; init => field = NoneMissing(value); } = [];

    /// <summary>
    /// Whether a process of its own watches over the runs, and undoes from the fault journal when this process dies and nobody starts it again. It
    /// can make again the <see cref="Reverters"/> whose types have a constructor without parameters.
    /// </summary>
    /// <value>Default: true.</value>
    public bool Watchdog { get; init; } = true;

    /// <summary>Where people say what they do while a run goes on: what is appended there, in whichever process, is in its history a tenth of a second later.</summary>
    /// <value>Default: null, nobody takes part.</value>
    public string? PeopleFile { get; init; }

    /// <summary>Whether a person has to give the go before anything is broken.</summary>
    /// <value>Default: null, nobody is asked.</value>
    public GoRequirement? Go { get; init; }

    /// <summary>The id of experiments that have none.</summary>
    /// <value>Default: null, the name.</value>
    public string? DefaultId { get; init; }

    /// <summary>What the test runs with, by the names of its parameters: another value is another history.</summary>
    /// <value>Default: none.</value>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Words that sort runs, such as the categories of a test.</summary>
    /// <value>Default: none.</value>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Where the runs come from.</summary>
    /// <value>Default: nothing is said of it.</value>
    public RunOrigin Origin { get; init; } = new();

    /// <summary>With what the runs are made.</summary>
    /// <value>Default: the harness, the runtime and the operating system of this process.</value>
    public RunVersions Versions { get; init; } = RunVersions.Here();

    /// <summary>Says why the token that runs are given was cancelled, in words such as <c>the test took longer than its 4s</c>.</summary>
    /// <value>Default: null, nobody knows.</value>
    public Func<string?>? WhyCancelled { get; init; }

    /// <summary>The name of experiments that have none.</summary>
    /// <value>Default: null, the hypothesis.</value>
    public string? DefaultName { get; init; }

    /// <summary>The objectives of experiments that have none.</summary>
    /// <value>Default: none.</value>
    public Objectives DefaultObjectives { get; init; } = Objectives.None;

    /// <summary>The folder of this user on this machine.</summary>
    internal string UsersFolder { get; init; } = UserFolder.Path;

    private static IReadOnlyList<T> NoneMissing<T>(IReadOnlyList<T> list, [CallerMemberName] string name = "")
        where T : class => list is not null && list.All(one => one is not null) ? list : throw new ArgumentException($"{name} is null, or one of them is.", name);
}
