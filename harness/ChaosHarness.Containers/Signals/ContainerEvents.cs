using System.Globalization;
using ChaosHarness.Containers.Engines;
using ChaosHarness.Systems;
using Docker.DotNet.Models;

namespace ChaosHarness.Containers.Signals;

/// <summary>
/// What an engine tells of containers as it happens: a health check that fails is a detection, one that holds again a recovery; that one ended, was killed
/// for memory, started, froze or goes on is only noted, as the engine knows it at once and nobody was paged. Each has the time at which it was received.
/// </summary>
/// <param name="engine">The engine.</param>
/// <param name="containers">Whose events; of others nothing is told. A container that replaces another under the same name counts as it.</param>
public sealed class ContainerEvents(ContainerEngine engine, IReadOnlyList<ContainerComponent> containers) : ISignalSource
{
    private const string Health = "health_status: ";

    /// <summary>Where time comes from.</summary>
    /// <value>Default: the system.</value>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <inheritdoc/>
    public IDisposable Subscribe(Action<Signal> onSignal)
    {
        ArgumentNullException.ThrowIfNull(onSignal);
        long last = 0;
        var opened = DateTimeOffset.UtcNow;
        return new Following(
            (following, token) => engine.FollowEventsAsync(
                last > 0 ? Since(last) : opened.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
                message =>
                {
                    var at = message.TimeNano ?? 0;
                    // What was missed while nothing could be followed comes again with what was told before.
                    if (at > last && at >= opened.ToUnixTimeMilliseconds() * 1_000_000)
                    {
                        last = at;
                        if (Read(message) is { } signal)
                        {
                            following.Pass(() => onSignal(signal));
                        }
                    }
                },
                token),
            trouble => onSignal(new Signal(Time.GetTimestamp(), "container engine", SignalKind.Noted, trouble)));
    }

    /// <summary>What an event means; null for nothing.</summary>
    internal Signal? Read(Message message)
    {
        if (containers.FirstOrDefault(container => container.Search.IsOf(message)) is not { } component)
        {
            return null;
        }

        var (kind, detail) = message.Action switch
        {
            Health + "unhealthy" => (SignalKind.Detected, "unhealthy"),
            Health + "healthy" => (SignalKind.Recovered, "healthy"),
            "die" => (SignalKind.Noted, $"ended with exit code {(message.Actor.Attributes.TryGetValue("exitCode", out var code) ? code : "unknown")}"),
            "oom" => (SignalKind.Noted, "out of memory"),
            "start" => (SignalKind.Noted, "started"),
            "pause" => (SignalKind.Noted, "frozen"),
            "unpause" => (SignalKind.Noted, "goes on"),
            _ => (SignalKind.Noted, ""),
        };
        return detail.Length == 0 ? null : new Signal(Time.GetTimestamp(), component.Component.Name, kind, detail);
    }

    private static string Since(long nanoseconds) => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1_000_000_000}.{nanoseconds % 1_000_000_000:000000000}");
}
