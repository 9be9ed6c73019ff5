using System.Reflection;

namespace ChaosHarness.Experiments;

/// <summary>A test that is over, as its framework tells of it, and the sealed records of the experiments that it ran.</summary>
public sealed record TestRecord
{
    private readonly bool? _hasFailed;

    /// <summary>The test framework, such as <c>NUnit</c>.</summary>
    public required string Framework { get; init; }

    /// <summary>The class that the test ran in; a method that it inherited is declared elsewhere.</summary>
    public required Type Fixture { get; init; }

    /// <summary>The method.</summary>
    public required MethodInfo Method { get; init; }

    /// <summary>What people are to read.</summary>
    public required string Name { get; init; }

    /// <summary>What it ran with: other values make it another test.</summary>
    public IReadOnlyList<TestParameter> Parameters { get; init; } = [];

    /// <summary>Words that sort tests.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Which attempt it was, from 1; of several, the last counts.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>When it began, with its set-up.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it was over, with its tear-down.</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>How it ended: the gravest of its runs' outcomes and of its own.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>Whether the session fails because of it: a profile may have what says nothing about the system fail, or not.</summary>
    /// <value>Default: true unless it passed or was inconclusive.</value>
    public bool HasFailed { get => _hasFailed ?? Outcome is not (Outcome.Passed or Outcome.Inconclusive); init => _hasFailed = value; }

    /// <summary>Why it did not pass.</summary>
    public string? Message { get; init; }

    /// <summary>Where in the code that came up.</summary>
    public string? Trace { get; init; }

    /// <summary>The records of its runs, in their order; of a test that never came to run anything, the one that says so.</summary>
    public required IReadOnlyList<RunRecord> Runs { get; init; }

    /// <summary>What its experiments were run with.</summary>
    public RunnerOptions Options { get; init; } = new();

    /// <summary>The settings of the framework, as they were given.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}
