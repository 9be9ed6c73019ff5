using System.Collections.Concurrent;
using System.Text.Json;

namespace ChaosHarness.Polly;

/// <summary>What the circuit breakers of a process did: each change of state, in order, with their counters at that moment. Safe for many callers.</summary>
/// <param name="time">Where the times of changes come from; null for the system.</param>
public sealed class BreakerReports(TimeProvider? time = null)
{
    /// <summary>How many changes are kept; older ones are forgotten.</summary>
    public const int Kept = 1000;

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly Lock _lock = new();
    private readonly Queue<BreakerChange> _changes = new();
    private readonly ConcurrentDictionary<string, BreakerCounters> _counters = new(StringComparer.Ordinal);
    private readonly Guid _process = Guid.NewGuid();
    private long _number;

    /// <summary>The changes as a JSON object: <c>process</c>, another one each time that the service is started, and <c>changes</c>, the oldest first, each with <c>number</c>, <c>breaker</c>, <c>state</c>, <c>passed</c>, <c>rejected</c> and <c>at</c> (UTC).</summary>
    /// <returns>The text.</returns>
    public string ToJson()
    {
        lock (_lock)
        {
            return JsonSerializer.Serialize(new BreakerReport(_process, [.. _changes]), BreakerJson.Default.BreakerReport);
        }
    }

    internal BreakerCounters CountersOf(string breaker) => _counters.GetOrAdd(breaker, static _ => new BreakerCounters());

    internal void Changed(string breaker, string state)
    {
        var counters = CountersOf(breaker);
        lock (_lock)
        {
            _changes.Enqueue(new BreakerChange(++_number, breaker, state, counters.Passed, counters.Rejected, _time.GetUtcNow()));
            if (_changes.Count > Kept)
            {
                _changes.Dequeue();
            }
        }
    }
}
