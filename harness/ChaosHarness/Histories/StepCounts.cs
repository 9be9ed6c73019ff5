using System.Buffers;

namespace ChaosHarness.Histories;

/// <summary>Counts values by the steps of a scale, so that a percentile costs no sorting. Disposing of it gives its counters to the next.</summary>
internal sealed class StepCounts : IDisposable
{
    private readonly StepScale _scale;
    private readonly int _steps;
    private readonly int[] _counts;

    /// <param name="scale">The scale.</param>
    /// <param name="greatest">What is greater is counted as this.</param>
    public StepCounts(StepScale scale, long greatest)
    {
        (_scale, Greatest) = (scale, greatest);
        _steps = scale.StepOf(greatest) + 1;
        _counts = ArrayPool<int>.Shared.Rent(_steps);
        _counts.AsSpan(0, _steps).Clear();
    }

    public long Greatest { get; }

    /// <summary>How many were counted.</summary>
    public long Count { get; private set; }

    /// <summary>The counters that are not zero, the least step first.</summary>
    public IEnumerable<(int Step, int Count)> Counted
    {
        get
        {
            for (var step = 0; step < _steps; step++)
            {
                if (_counts[step] is > 0 and var count)
                {
                    yield return (step, count);
                }
            }
        }
    }

    /// <summary>Counts a value; a negative one as none.</summary>
    public void Add(long value)
    {
        _counts[_scale.StepOf(Math.Clamp(value, 0, Greatest))]++;
        Count++;
    }

    /// <summary>Counts what was counted by the same scale.</summary>
    public void Add(StepCount[] counted)
    {
        foreach (var (step, count) in counted)
        {
            _counts[step] += count;
            Count += count;
        }
    }

    /// <summary>The greatest value of the step that so many percent are at or below; zero without values.</summary>
    public long Percentile(double percentile)
    {
        var wanted = (long)Math.Ceiling(Count * percentile / 100);
        long seen = 0;
        foreach (var (step, count) in Counted)
        {
            seen += count;
            if (seen >= wanted)
            {
                return _scale.GreatestOf(step);
            }
        }

        return 0;
    }

    /// <summary>The counters, for a chunk to keep.</summary>
    public StepCount[] ToArray() => [.. Counted.Select(counted => new StepCount((ushort)counted.Step, (ushort)counted.Count))];

    public void Dispose() => ArrayPool<int>.Shared.Return(_counts);
}
