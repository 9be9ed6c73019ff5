using ChaosHarness.Calls;
using ChaosHarness.Histories;
using ChaosHarness.Logs;
using ChaosHarness.Systems;
using ChaosHarness.Timing;

namespace ChaosHarness.Experiments;

/// <summary>Listens to what a system says of itself while a run goes on.</summary>
/// <param name="system">The system.</param>
/// <param name="calls">How code of others is called.</param>
/// <param name="limit">How long beginning or ending to listen may take.</param>
/// <param name="clock">The clock of the run.</param>
/// <param name="history">Where signals go.</param>
/// <param name="logs">Where log lines go.</param>
/// <param name="halt">Cancelled when the run is ended early.</param>
internal sealed class RunSubscriptions(SystemUnderTest system, ForeignCalls calls, TimeSpan limit, RunClock clock, HistoryWriter history, RunLogs logs, CancellationToken halt) : IAsyncDisposable
{
    private readonly List<IDisposable> _subscriptions = [];

    /// <summary>Begins to listen to all of them.</summary>
    public async Task BeginAsync()
    {
        foreach (var source in system.Logs)
        {
            _subscriptions.Add(await SubscribeAsync("log source", () => logs.ListenTo(source)).ConfigureAwait(false));
        }

        foreach (var source in system.Signals)
        {
            _subscriptions.Add(await SubscribeAsync("signal source", () => source.Subscribe(Note)).ConfigureAwait(false));
        }
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(_subscriptions.Select(EndAsync)).ConfigureAwait(false);

    private async Task<IDisposable> SubscribeAsync(string kind, Func<IDisposable> subscribe)
    {
        var call = await calls.TakeAsync(
            new Callee(system.Name, $"subscribe to a {kind}"),
            _ => ValueTask.FromResult(subscribe() ?? throw new InvalidOperationException("it gave no subscription")),
            late =>
            {
                late.Dispose();
                return ValueTask.CompletedTask;
            },
            limit,
            halt).ConfigureAwait(false);
        return call.ValueOrThrow();
    }

    private Task EndAsync(IDisposable subscription) =>
        calls.RunAsync(new Callee(system.Name, "end a subscription"), subscription.Dispose, limit, CancellationToken.None);

    private void Note(Signal signal)
    {
        var (stated, received) = (clock.At(signal.Timestamp), clock.Now);
        var latest = stated < received ? stated : received;
        var earliest = signal.NotBefore is { } since && clock.At(since) < latest ? clock.At(since) : latest;
        history.Add(new SignalEvent(signal.Source ?? "a signal source without a name", signal.Kind, signal.Detail ?? "", earliest, latest) { Breaker = signal.Breaker });
    }
}
