using ChaosHarness.Experiments;
using ChaosHarness.Live;

namespace ChaosHarness.Tool.Drills;

/// <summary>What is known of a drill while it goes on.</summary>
internal sealed class LiveState(DrillPlan plan)
{
    private DrillPlan _plan = plan;
    private readonly Dictionary<string, LiveSnapshot> _runs = new(StringComparer.Ordinal);
    private readonly List<LiveEnd> _ended = [];
    // A test may have another name than its experiment.
    private readonly HashSet<string> _begun = new(StringComparer.Ordinal);

    /// <summary>Those that go on, in the order in which they began.</summary>
    public IReadOnlyList<LiveSnapshot> Running => [.. _runs.Values];

    /// <summary>Those that are over.</summary>
    public IReadOnlyList<LiveEnd> Ended => _ended;

    /// <summary>How many have begun.</summary>
    public int Begun => _ended.Count + _runs.Count;

    /// <summary>How many there probably are; null when nobody knows.</summary>
    public int? Expected => _plan.Durations.Count == 0 ? null : Math.Max(_plan.Durations.Count, Begun);

    /// <summary>How long it probably takes yet; null when nobody knows.</summary>
    public TimeSpan? Left
    {
        get
        {
            if (_plan.Durations.Count == 0)
            {
                return null;
            }

            var now = _runs.Values.Select(run => _plan.Durations.TryGetValue(run.Name, out var usual) ? usual - TimeSpan.FromSeconds(run.Elapsed) : TimeSpan.Zero);
            var later = _plan.Durations.Where(entry => !_begun.Contains(entry.Key)).Select(entry => entry.Value);
            return now.Where(left => left > TimeSpan.Zero).Concat(later).Aggregate(TimeSpan.Zero, (sum, duration) => sum + duration);
        }
    }

    public int Count(Outcome outcome) => _ended.Count(end => end.Outcome == outcome);

    public void Add(LiveEntry entry)
    {
        if (entry.Experiments is { } ids)
        {
            _plan = _plan.Only(ids.ToHashSet(StringComparer.Ordinal));
        }

        if (entry.Run is { } run)
        {
            _begun.Add(run.Name);
            if (run.IsOver)
            {
                _runs.Remove(run.RunId);
            }
            else
            {
                _runs[run.RunId] = run;
            }
        }

        if (entry.End is { } end)
        {
            _begun.Add(end.Name);
            _ended.Add(end);
        }
    }
}
