using ChaosHarness.Histories;

namespace ChaosHarness.Checkers;

/// <summary>
/// A pure function from a history to a finding. Any prefix of a run is a history, so the same checker decides live and judges afterwards,
/// and the two cannot disagree.
/// </summary>
/// <typeparam name="T">What it finds.</typeparam>
public interface IChecker<out T>
    where T : Finding
{
    /// <summary>What it looks for, unique in an experiment and the same from run to run.</summary>
    string Name { get; }

    /// <summary>The probes and workloads that it reads; one that the experiment does not have is a mistake when it is built.</summary>
    IReadOnlyList<string> Needs => [];

    /// <summary>Looks.</summary>
    /// <param name="history">What was seen so far, or all of it.</param>
    /// <returns>What it says.</returns>
    T Check(History history);
}
