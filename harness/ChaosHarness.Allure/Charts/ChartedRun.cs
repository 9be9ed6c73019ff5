using ChaosHarness.Checkers;
using ChaosHarness.Experiments;
using ChaosHarness.Faults;
using ChaosHarness.Histories;
using ChaosHarness.Timing;

namespace ChaosHarness.Allure.Charts;

/// <summary>What the charts of a run show of it. Nothing is measured here.</summary>
internal sealed class ChartedRun
{
    public ChartedRun(RunRecord run)
    {
        Run = run;
        Signal = run.Observations.FirstOrDefault(series => series.Source == run.Signal) ?? run.Observations[0];
        Others = [.. run.Observations.Where(series => series != Signal)];
        Faults = [.. run.Faults.OrderBy(fault => fault.Injected.Start)];
        var struck = run.Faults.Where(fault => !fault.IsWeakness).ToList();
        Strikes = [.. struck.GroupBy(fault => fault.Strike).Select(strike => strike.Min(fault => fault.Injected.Start)).Order()];
        // Recovery counts from the strike that took effect last, which a schedule need not have planned last.
        LastStrike = struck.MaxBy(fault => (fault.Injected.Start, fault.Strike)) is { } last ? struck.Where(fault => fault.Strike == last.Strike).Min(fault => fault.Injected.Start) : run.Injection?.Start;
        End = new[] { run.Observations.SelectMany(series => series.Observations.TakeLast(1)).Select(last => last.Due).DefaultIfEmpty(run.Duration).Max(), EndOf(run.Faults), TimeSpan.FromMilliseconds(10) }.Max();
    }

    public RunRecord Run { get; }

    /// <summary>The signal that was judged, else the first.</summary>
    public ObservationSeries Signal { get; }

    public IReadOnlyList<ObservationSeries> Others { get; }

    public IReadOnlyList<FaultRecord> Faults { get; }

    /// <summary>When each strike of the disaster began.</summary>
    public IReadOnlyList<TimeSpan> Strikes { get; }

    /// <summary>When the last strike began: what recovery counts from; null when nothing struck.</summary>
    public TimeSpan? LastStrike { get; }

    /// <summary>What times are read from: the injection, where there was one.</summary>
    public TimeSpan Zero => Strikes is [var first, ..] ? first : Run.Injection?.Start ?? TimeSpan.Zero;

    /// <summary>Where the charts end: all that was seen and every fault is on them.</summary>
    public TimeSpan End { get; }

    /// <summary>How long a signal was not served, and its RTO.</summary>
    public RecordedFigure? RecoveryOf(string signal) => Run.Find(FigureNames.RecoveryTime, signal);

    /// <summary>The longest interruption of a signal that nobody can have seen; null when one was seen, or none was looked for.</summary>
    public Figure? UnseenOf(string signal) => Run.Find(FigureNames.UnseenInterruption, signal)?.Figure is { Upper: not null } unseen ? unseen : null;

    /// <summary>From when to when a signal recovered; null when it was not interrupted, or too little was seen. It ends with the chart where it never did.</summary>
    public TimeWindow? RecoveredIn(string signal)
    {
        if (LastStrike is not { } strike || UnseenOf(signal) is not null || RecoveryOf(signal)?.Figure is not { Lower: { } lower } figure || figure.Upper is 0)
        {
            return null;
        }

        var never = figure.Upper is null or double.PositiveInfinity;
        return new TimeWindow(strike + Seconds(lower), never ? End : strike + Seconds(figure.Upper!.Value));
    }

    /// <summary>Whether a signal was served again; null when that is not known.</summary>
    public bool? HasRecovered(string signal) => RecoveryOf(signal)?.Figure is { IsKnown: true } figure ? figure.Upper is { } upper && double.IsFinite(upper) : null;

    /// <summary>What a fault did, when it was there, and how it ended where that was not by the harness.</summary>
    public static string Words(FaultRecord fault, TimeAxis axis) =>
        $"{fault.Description}: {axis.Read(fault.Injected.Start)} to {(fault.Reverted is { } reverted ? axis.Read(reverted.End) : "the end")}{HowEnded(fault)}";

    public static string HowEnded(FaultRecord fault) => fault.End switch
    {
        FaultEnd.Superseded => ", ended by the system itself",
        FaultEnd.Gone => ", taken away by somebody else",
        FaultEnd.NotReverted => ", not reverted",
        null when fault.Reverted is null => ", not reverted",
        _ => "",
    };

    /// <summary>A time of a figure; one that no clock holds is far beyond every chart.</summary>
    public static TimeSpan Seconds(double seconds) => double.IsNaN(seconds) ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Clamp(seconds, 0, TimeSpan.FromDays(365).TotalSeconds));

    private static TimeSpan EndOf(IEnumerable<FaultRecord> faults) => faults.Select(fault => fault.Reverted?.End ?? fault.Injected.End).DefaultIfEmpty().Max();
}
