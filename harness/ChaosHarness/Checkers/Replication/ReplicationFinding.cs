using System.Globalization;
using ChaosHarness.Timing;

namespace ChaosHarness.Checkers.Replication;

/// <summary>How far behind a replica was.</summary>
public sealed record ReplicationFinding : Finding
{
    internal ReplicationFinding(string replica, string? problem, LagDistribution lag, Bounds recoveryPoint, int wentBack)
        : base([.. FiguresOf(replica, problem, lag, recoveryPoint, wentBack)]) =>
        (Replica, Problem, Lag, RecoveryPoint, WentBack) = (replica, problem, lag, recoveryPoint, wentBack);

    /// <summary>The replica.</summary>
    public string Replica { get; }

    /// <summary>Why nothing is known of it; null when something is.</summary>
    public string? Problem { get; }

    /// <summary>The lag of each canary.</summary>
    public LagDistribution Lag { get; }

    /// <summary>RPA had the primary been lost at the worst moment of the run, while it still acknowledged: the age of the oldest acknowledged write that the replica had not.</summary>
    public Bounds RecoveryPoint { get; }

    /// <summary>Looks that saw less than earlier ones: a replica that was replaced by an older one, or several behind one name.</summary>
    public int WentBack { get; }

    /// <summary>Such as <c>p50 2ms..4ms, p99 9ms..14ms behind, of 600 canaries; lost at the worst moment, the primary had taken 21ms..60ms with it</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        if (Problem is not null)
        {
            return Problem;
        }

        var text = Lag.Count == 0
            ? "no canary could have been seen yet"
            : string.Create(CultureInfo.InvariantCulture, $"p50 {Lag.Percentile(50)}, p99 {Lag.Percentile(99)} behind, of {Lag.Count} {(Lag.Count == 1 ? "canary" : "canaries")}");
        return text
            + (Lag.NeverSeen > 0 ? string.Create(CultureInfo.InvariantCulture, $", of which {Lag.NeverSeen} never came") : "")
            + $"; lost at the worst moment, the primary had taken {RecoveryPoint} with it"
            + (WentBack > 0 ? string.Create(CultureInfo.InvariantCulture, $"; {WentBack} {(WentBack == 1 ? "look" : "looks")} saw less than those before") : "");
    }

    private static IEnumerable<Figure> FiguresOf(string replica, string? problem, LagDistribution lag, Bounds recoveryPoint, int wentBack)
    {
        if (problem is not null)
        {
            yield break;
        }

        foreach (var percentile in (double[])[50, 99])
        {
            if (lag.Percentile(percentile) is { } bounds)
            {
                yield return Of(FigureNames.ReplicationLag(percentile), bounds);
            }
        }

        yield return Of(FigureNames.ReplicaRecoveryPoint, recoveryPoint);
        yield return Figure.Exact(FigureNames.ReplicaWentBack, replica, Unit.Count, wentBack);

        Figure Of(string name, Bounds bounds) => new(name, replica, Unit.Seconds, bounds.Lower.TotalSeconds, bounds.Upper?.TotalSeconds);
    }
}
