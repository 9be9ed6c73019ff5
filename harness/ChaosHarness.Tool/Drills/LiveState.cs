using ChaosHarness.Experiments;
using ChaosHarness.Live;

namespace ChaosHarness.Tool.Drills;

/// <summary>What is known of a drill while it goes on.</summary>
internal sealed class LiveState(DrillPlan plan)
{
    private readonly Dictionary<string, LiveSnapshot> _runs = new(StringComparer.Ordinal);
    private readonly List<LiveEnd> _ended = [];

    /// <summary>Those that go on, in the order in which they began.</summary>
    public IReadOnlyList<LiveSnapshot> Running => [.. _runs.Values];

    /// <summary>Those that are over.</summary>
    public IReadOnlyList<LiveEnd> Ended => _ended;

    /// <summary>The number of the one that goes on.</summary>
    public int Number => _ended.Count + Math.Max(_runs.Count, _ended.Count == 0 ? 1 : 0);

    /// <summary>How many there probably are; null when nobody knows.</summary>
    public int? Expected => plan.Durations.Count == 0 ? null : Math.Max(plan.Durations.Count, Number);

    /// <summary>How long it probably takes yet; null when nobody knows.</summary>
    public TimeSpan? Left
    {
        get
        {
            if (plan.Durations.Count == 0)
            {
                return null;
            }

            var seen = _ended.Select(end => end.Name).Concat(_runs.Values.Select(run => run.Name)).ToHashSet(StringComparer.Ordinal);
            var now = _runs.Values.Select(run => plan.Durations.TryGetValue(run.Name, out var usual) ? usual - TimeSpan.FromSeconds(run.Elapsed) : TimeSpan.Zero);
            var later = plan.Durations.Where(entry => !seen.Contains(entry.Key)).Select(entry => entry.Value);
            return now.Where(left => left > TimeSpan.Zero).Concat(later).Aggregate(TimeSpan.Zero, (sum, duration) => sum + duration);
        }
    }

    public int Count(Outcome outcome) => _ended.Count(end => end.Outcome == outcome);

    public void Add(LiveEntry entry)
    {
        if (entry.Run is { } run)
        {
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
            _ended.Add(end);
        }
    }
}
