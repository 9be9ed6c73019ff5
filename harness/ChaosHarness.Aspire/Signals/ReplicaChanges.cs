using ChaosHarness.Systems;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ChaosHarness.Aspire.Signals;

/// <summary>What is new in what Aspire says of a replica. How things stand at first is no change; that they are wrong already has to be known.</summary>
internal sealed class ReplicaChanges(string component)
{
    private string? _state;
    private bool _isWrong;
    private HealthStatus _health = HealthStatus.Healthy;
    private long? _lastHealth;

    /// <summary>The signals of what is said now.</summary>
    public IReadOnlyList<Signal> Next(ReplicaState now, long timestamp) => [.. State(now, timestamp), .. Health(now, timestamp)];

    private IEnumerable<Signal> State(ReplicaState now, long timestamp)
    {
        // Between two states it has none for a moment.
        if (now.Text.Length == 0 || now.Text == _state)
        {
            yield break;
        }

        var isFirst = _state is null;
        _state = now.Text;
        if (now.IsWrong && !_isWrong)
        {
            _isWrong = true;
            yield return Told(SignalKind.Detected);
        }
        else if (now.IsRunning && _isWrong)
        {
            _isWrong = false;
            yield return Told(SignalKind.Recovered);
        }
        else if (!isFirst)
        {
            yield return Told(SignalKind.Noted);
        }

        Signal Told(SignalKind kind) => new(timestamp, component, kind, Words(now.Text, now.Detail));
    }

    private IEnumerable<Signal> Health(ReplicaState now, long timestamp)
    {
        if (now.Health is not { } health)
        {
            yield break;
        }

        var (before, notBefore) = (_health, _lastHealth);
        (_health, _lastHealth) = (health, timestamp);
        if (health != before)
        {
            var kind = health == HealthStatus.Healthy ? SignalKind.Recovered : before == HealthStatus.Healthy ? SignalKind.Detected : SignalKind.Noted;
            // Aspire looks at it now and then: what it found came to be after it had last found otherwise.
            yield return new Signal(timestamp, $"{component} health", kind, Words(health.ToString(), now.Detail)) { NotBefore = notBefore };
        }
    }

    private static string Words(string state, string detail) => detail.Length == 0 ? state : $"{state}: {detail}";
}
