using ChaosHarness.Histories;

namespace ChaosHarness.Benchmarks.Recovery.Simulation;

/// <summary>A system with known outages that answers requests. All times in ticks.</summary>
internal sealed class SimulatedSystem(Random random, IReadOnlyList<Outage> outages, long timeout, long? slowThreshold, double touchedAt, long backlog)
{
    private readonly long[] _released = new long[outages.Count];

    private long Limit => slowThreshold is { } slow && slow < timeout ? slow : timeout;

    /// <summary>Answers a request.</summary>
    /// <param name="due">When it was to be sent.</param>
    /// <param name="sent">When it is sent.</param>
    /// <param name="service">How long it takes undisturbed.</param>
    public SimulatedAnswer Answer(long due, long sent, long service) =>
        outages is [{ Kind: OutageKind.Freeze }, ..] ? Frozen(due, sent, service) : Touching(due, sent, service);

    // It looks once, at one moment of its service.
    private SimulatedAnswer Touching(long due, long sent, long service)
    {
        var touch = sent + (long)(service * (touchedAt < 0 ? random.NextDouble() : touchedAt));
        for (var index = 0; index < outages.Count; index++)
        {
            if (outages[index].Covers(touch))
            {
                var (completed, isError) = Met(index, sent, touch, sent + service - touch);
                var verdict = Judge(due, sent, ref completed, isError);
                return verdict == OperationVerdict.Good ? new SimulatedAnswer(completed, verdict, null, null) : new SimulatedAnswer(completed, verdict, index, index);
            }
        }

        var undisturbed = sent + service;
        return new SimulatedAnswer(undisturbed, Judge(due, sent, ref undisturbed, false), null, null);
    }

    private (long Completed, bool IsError) Met(int index, long sent, long touch, long rest) => outages[index].Kind switch
    {
        OutageKind.FastError => (touch + (rest / 20), true),
        OutageKind.LateError => (touch + (long)(random.NextDouble() * Limit), true),
        OutageKind.Held => (outages[index].End + rest + (backlog * _released[index]++), false),
        OutageKind.Degraded => (sent + Limit + 1 + (long)(random.NextDouble() * Limit), false),
        _ => (long.MaxValue, false),
    };

    private SimulatedAnswer Frozen(long due, long sent, long service)
    {
        var completed = sent + service;
        var verdict = Judge(due, sent, ref completed, false);
        int? first = null;
        int? turned = null;
        var wasGood = verdict == OperationVerdict.Good;
        var (at, left) = (sent, service);
        for (var index = 0; index < outages.Count; index++)
        {
            var outage = outages[index];
            if (outage.End <= at)
            {
                continue;
            }

            var worked = Math.Max(0, outage.Start - at);
            if (worked >= left || Math.Max(outage.Start, at) >= sent + timeout)
            {
                break;
            }

            first ??= index;
            (at, left) = (outage.End, left - worked);
            completed = at + left;
            verdict = Judge(due, sent, ref completed, false);
            if (wasGood && turned is null && verdict != OperationVerdict.Good)
            {
                turned = index;
            }
        }

        return verdict == OperationVerdict.Good ? new SimulatedAnswer(completed, verdict, null, null) : new SimulatedAnswer(completed, verdict, first, turned);
    }

    private OperationVerdict Judge(long due, long sent, ref long completed, bool isError)
    {
        if (completed > sent + timeout)
        {
            completed = sent + timeout;
            return OperationVerdict.Error;
        }

        return isError ? OperationVerdict.Error : completed - due > slowThreshold ? OperationVerdict.Slow : OperationVerdict.Good;
    }
}
