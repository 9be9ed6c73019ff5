using ChaosHarness.Checkers.Recovery;

namespace ChaosHarness.Benchmarks.Recovery.Simulation;

/// <summary>Holds measured bounds against the truth of simulated runs, and counts what lies outside.</summary>
internal sealed class SimulationTally
{
    public long Runs { get; private set; }

    public long Outages { get; private set; }

    public long Requests { get; private set; }

    /// <summary>Runs of which a request is bad.</summary>
    public long Interrupted { get; private set; }

    public long Recovered { get; private set; }

    /// <summary>Upper bounds that the end of an outage which a bad request met first lies above.</summary>
    public long AboveMet { get; private set; }

    /// <summary>Upper bounds that the end of an outage at which a request turned bad lies above.</summary>
    public long AboveTurned { get; private set; }

    /// <summary>Lower bounds that the truth lies below.</summary>
    public long Below { get; private set; }

    /// <summary>The same three at a random cut.</summary>
    public long OutsideAtCut { get; private set; }

    /// <summary>Outages longer than the longest that could have gone unseen.</summary>
    public long LongerThanUnseen { get; private set; }

    /// <summary>Runs in which narrower bounds are assumed, whether or not what was seen refutes that.</summary>
    public long Assumed { get; private set; }

    /// <summary>Of them, those that what was seen refutes.</summary>
    public long Refuted { get; private set; }

    /// <summary>Narrower bounds with an upper bound that is too low, for either truth.</summary>
    public long AssumedAbove { get; private set; }

    public long ShownAboveMet { get; private set; }

    public long ShownAboveTurned { get; private set; }

    public List<double> Widths { get; } = [];

    public List<double> ShownWidths { get; } = [];

    /// <summary>Simulates runs until there were so many outages.</summary>
    /// <param name="seed">What all of them follow from.</param>
    /// <param name="outages">How many.</param>
    public static SimulationTally Of(int seed, long outages)
    {
        var random = new Random(seed);
        var tally = new SimulationTally();
        while (tally.Outages < outages)
        {
            var run = new SimulatedRun(random);
            tally.Add(run, random.NextInt64(run.Struck, run.LastSent));
        }

        return tally;
    }

    public void Add(SimulationTally other)
    {
        Runs += other.Runs;
        Outages += other.Outages;
        Requests += other.Requests;
        Interrupted += other.Interrupted;
        Recovered += other.Recovered;
        AboveMet += other.AboveMet;
        AboveTurned += other.AboveTurned;
        Below += other.Below;
        OutsideAtCut += other.OutsideAtCut;
        LongerThanUnseen += other.LongerThanUnseen;
        Assumed += other.Assumed;
        Refuted += other.Refuted;
        AssumedAbove += other.AssumedAbove;
        ShownAboveMet += other.ShownAboveMet;
        ShownAboveTurned += other.ShownAboveTurned;
        Widths.AddRange(other.Widths);
        ShownWidths.AddRange(other.ShownWidths);
    }

    private void Add(SimulatedRun run, long cut)
    {
        Runs++;
        Outages += run.Outages.Count;
        Requests += run.Seen.Count;
        var requests = new KnownRequests(run.At(run.End));
        var bounds = Hold(run, requests);
        HoldUnseen(run, requests, bounds);
        if (bounds.Interrupted)
        {
            HoldAssumed(run, requests, bounds);
        }

        HoldAtCut(run, new TimeSpan(cut));
    }

    private RecoveryBounds Hold(SimulatedRun run, KnownRequests requests)
    {
        var bounds = RecoveryBounds.Of(requests, run.Settings.Rule, run.Injection, run.Stability);
        if (bounds.Interrupted)
        {
            Interrupted++;
            var (met, turned) = Truth(run, _ => true);
            AboveMet += met > bounds.ServedFrom.Ticks ? 1 : 0;
            AboveTurned += turned > bounds.ServedFrom.Ticks ? 1 : 0;
            Below += IsBelow(run, bounds, met) ? 1 : 0;
            if (bounds.Recovered)
            {
                Recovered++;
                Widths.Add((bounds.ServedFrom - bounds.LastBad).Ticks / run.Scale);
            }
        }

        return bounds;
    }

    private void HoldUnseen(SimulatedRun run, KnownRequests requests, RecoveryBounds bounds)
    {
        var until = requests.LastSentOfGood().Ticks;
        if (!bounds.Interrupted && UnseenOutage.From(requests, run.Injection.Start) is { } longest)
        {
            LongerThanUnseen += run.Outages.Count(outage => outage.Start <= until && outage.End - outage.Start > longest.Ticks);
        }
        else if (bounds is { Interrupted: true, Recovered: true })
        {
            var from = requests.LastSentOfAnswered(bounds.ServedFrom);
            var later = UnseenOutage.After(requests, from)?.Ticks ?? 0;
            LongerThanUnseen += run.Outages.Count(outage => outage.Start > from.Ticks && outage.Start <= until && outage.End - outage.Start > later);
        }
    }

    private void HoldAssumed(SimulatedRun run, KnownRequests requests, RecoveryBounds proved)
    {
        var steady = SteadyAnswers.Of(requests, run.Settings.Steady);
        if (steady.Narrow(run.Settings.Rule) is not { } narrow)
        {
            return;
        }

        Assumed++;
        var bounds = RecoveryBounds.Of(requests, narrow, run.Injection, run.Stability);
        var (met, turned) = Truth(run, _ => true);
        AssumedAbove += Math.Max(met, turned) > bounds.ServedFrom.Ticks ? 1 : 0;
        if (RecoveryEstimate.Of(requests, run.Settings, proved) is { } estimate)
        {
            ShownAboveMet += met > bounds.ServedFrom.Ticks ? 1 : 0;
            ShownAboveTurned += turned > bounds.ServedFrom.Ticks ? 1 : 0;
            ShownWidths.Add((estimate.Actual.Width!.Value - run.Injection.Length).Ticks / run.Scale);
        }
        else if (bounds.ServedFrom < proved.ServedFrom)
        {
            Refuted++;
        }
    }

    private void HoldAtCut(SimulatedRun run, TimeSpan cut)
    {
        var bounds = RecoveryBounds.Of(new KnownRequests(run.At(cut)), run.Settings.Rule, run.Injection, run.Stability);
        if (bounds.Interrupted)
        {
            // Of what counts as bad then, and is.
            var limit = run.Settings.Rule.Limit;
            var (met, turned) = Truth(run, request => request.Sent <= cut && (request.Completed <= cut || cut - request.Sent > limit));
            OutsideAtCut += Math.Max(met, turned) > bounds.ServedFrom.Ticks || IsBelow(run, bounds, met) ? 1 : 0;
        }
    }

    private static bool IsBelow(SimulatedRun run, RecoveryBounds bounds, long truth) => bounds.Actual(run.Injection).Lower.Ticks > Math.Max(0, truth - run.Struck);

    private static (long Met, long Turned) Truth(SimulatedRun run, Predicate<Request> counts)
    {
        var (met, turned) = (0L, 0L);
        foreach (var (request, answer) in run.Seen)
        {
            if (answer.Met is { } first && counts(request))
            {
                met = Math.Max(met, run.Outages[first].End);
                turned = answer.Turned is { } index ? Math.Max(turned, run.Outages[index].End) : turned;
            }
        }

        return (met, turned);
    }
}
