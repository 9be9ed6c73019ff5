namespace ChaosHarness.Systems;

/// <summary>The system that an experiment breaks: what it consists of, where it runs, and what it says of itself.</summary>
/// <param name="Name">What it is called in records.</param>
public sealed record SystemUnderTest(string Name)
{
    internal const double LeastSpeed = 0.001;
    internal const double MostSpeed = 1_000_000;

    /// <summary>Where it runs; the safety policy decides which environments may be broken.</summary>
    /// <value>Default: null, nobody knows; such a system may not be broken.</value>
    public string? Environment { get; init; }

    /// <summary>Which version of it runs, such as a tag or a commit, as whoever describes it knows; kept with the record, and part of the plan.</summary>
    /// <value>Default: null, nobody says.</value>
    public string? Version { get; init; }

    /// <summary>From where it can be reached: two experiments never break one system at once.</summary>
    /// <value>Default: it runs on this machine, and outlives the run.</value>
    public SystemReach Reach { get; init; }

    /// <summary>Tells several of the same name apart that one process started for itself, such as by the folder of each.</summary>
    /// <value>Default: null, the process has one of this name at most.</value>
    public string? Instance { get; init; }

    /// <summary>How it runs, such as local processes; a label.</summary>
    /// <value>Default: <c>processes</c>.</value>
    public string Topology { get; init; } = "processes";

    /// <summary>
    /// How many times faster than where its objectives come from its own waits pass, as in an emulator of a cloud. Objectives of recovery, of
    /// detection and of a loss in time are those of there: they are held against it divided by this, and verdicts say both.
    /// </summary>
    /// <value>Default: 1.</value>
    public double Speed { get; init; } = 1;

    /// <summary>Its components, which bound the blast radius; empty when unknown.</summary>
    public IReadOnlyList<Component> Components { get; init; } = [];

    /// <summary>What it says of itself: health checks, breakers, promotions.</summary>
    public IReadOnlyList<ISignalSource> Signals { get; init; } = [];

    /// <summary>What its components write to their logs; excerpts around the injection and the recovery become part of the record.</summary>
    public IReadOnlyList<ILogSource> Logs { get; init; } = [];

    /// <summary>One of its components.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The component.</returns>
    /// <exception cref="ArgumentException">There is none of that name; the message says which there are.</exception>
    public Component Component(string name) => Components.FirstOrDefault(component => component.Name == name)
        ?? throw new ArgumentException($"{Name} has no component '{name}'. It has: {string.Join(", ", Components.Select(component => $"'{component.Name}'"))}.", nameof(name));

    /// <summary>Which system it is.</summary>
    public SystemIdentity Identity => new(Name, Environment, Reach, Instance);
}
