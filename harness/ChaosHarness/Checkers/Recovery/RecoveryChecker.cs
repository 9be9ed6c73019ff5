using ChaosHarness.Histories;

namespace ChaosHarness.Checkers.Recovery;

/// <summary>Measures how a signal recovers from the last strike, by what was known when observing ended.</summary>
/// <param name="Signal">The probe or workload; null is the one that the experiment judges by.</param>
public sealed record RecoveryChecker(string? Signal = null) : IChecker<RecoveryFinding>
{
    /// <inheritdoc/>
    public string Name => Signal is null ? "recovery" : $"recovery of {Signal}";

    /// <inheritdoc/>
    public IReadOnlyList<string> Needs => Signal is null ? [] : [Signal];

    /// <inheritdoc/>
    public RecoveryFinding Check(History history)
    {
        ArgumentNullException.ThrowIfNull(history);
        var signal = Signal ?? history.Signal ?? throw new ArgumentException("Nothing is judged by: name a probe or a workload, or give the experiment one.", nameof(history));
        var atCut = history.AtCut;
        if (atCut.Injection is not { } injection)
        {
            return RecoveryFinding.OfNothing(signal);
        }

        var operations = atCut.Of(signal);
        var settings = new RecoverySettings(operations.Settings.SlowThreshold, operations.Settings.Timeout, history.Stability, injection, atCut.SteadyState!.Value);
        return RecoveryFinding.Of(signal, new HistoryRequests(operations), settings, history.WayBack, () => new HistoryRequests(history.Of(signal)));
    }
}
