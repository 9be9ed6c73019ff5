using ChaosHarness.Checkers;
using ChaosHarness.Experiments;
using ChaosHarness.Ledger.Runs;

namespace ChaosHarness.Ledger.Statistics;

/// <summary>A number of each run by which runs are compared: a figure that gets better one way, or whether the run failed.</summary>
/// <param name="Figure">The name of the figure.</param>
/// <param name="Subject">What it is of; empty where there is one only.</param>
/// <param name="Unit">What it counts in.</param>
/// <param name="Better">Which way it gets better.</param>
/// <param name="Read">Reads it from a run as an objective would judge it, on the bound that is worse; infinite when it was looked for and never came, null when it was not measured.</param>
public sealed record Metric(string Figure, string Subject, Unit Unit, Better Better, Func<LedgerRun, double?> Read)
{
    /// <summary>Whether the run failed: 1 when it did.</summary>
    public static Metric Failures { get; } = new("failures", "", new Unit(""), Better.Lower, run => run.Outcome == Outcome.Failed ? 1 : 0);

    /// <summary>What it is called for people: the figures that everybody knows by a short name have it.</summary>
    public string Title => Name + (Subject.Length > 0 ? " of " + Subject : "");

    /// <summary>Smaller differences are no difference, however large the factor: nobody notices, or it cannot be measured.</summary>
    public double Resolution => Unit == Unit.Seconds ? 0.05 : Unit == Unit.Count ? 1 : Unit == Unit.Ratio ? 0.005 : 0;

    private string Name => Figure switch
    {
        FigureNames.RecoveryTime => "RTA",
        FigureNames.TimeToDetect => "TTD",
        FigureNames.LostWrites => "RPA",
        FigureNames.RecoveryPoint => "RPA in time",
        _ => Figure,
    };

    /// <summary>How bad a value is: larger is worse, never negative. Of a share that should be large it is what is missing to all.</summary>
    /// <param name="value">A value that was read.</param>
    /// <returns>The badness.</returns>
    public double Badness(double value) => Math.Max(Better != Better.Higher ? value : Unit == Unit.Ratio ? 1 - value : value > 0 ? 1 / value : double.PositiveInfinity, 0);
}
