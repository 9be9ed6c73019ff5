using ChaosHarness.Histories;
using ChaosHarness.Timing;

namespace ChaosHarness.Checkers;

/// <summary>What is judged where an expectation names no signal and no time.</summary>
internal static class JudgedSignal
{
    extension(History history)
    {
        /// <summary>The operations of a source, or of the judged signal where none is named.</summary>
        public Operations Judged(string? source) => history.Of(source ?? history.Signal
            ?? throw new InvalidOperationException("Nothing says which signal is judged. Name a probe or workload, or add one to the experiment."));

        /// <summary>From the first strike to the end of observing, or as far as it went; null before anything struck.</summary>
        public TimeWindow? Disaster => history.FirstStrike is { } strike
            ? new TimeWindow(strike.Start, history.AtCut.Until > strike.Start ? history.AtCut.Until : strike.Start)
            : null;
    }
}
