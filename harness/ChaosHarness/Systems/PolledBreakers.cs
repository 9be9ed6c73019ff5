using System.Net.Http.Json;
using ChaosHarness.Calls;

namespace ChaosHarness.Systems;

/// <summary>
/// The circuit breakers of a service that reports them as ChaosHarness.Polly does: each change of state with its counters, none missed between two looks. When
/// one came to be lies between the last look that did not see it and the one that did; a look that fails makes that wider.
/// </summary>
/// <param name="service">The service; a breaker is called <c>SERVICE/BREAKER</c>.</param>
/// <param name="url">Where the reports are.</param>
public sealed class PolledBreakers(string service, Uri url) : ISignalSource
{
    /// <summary>Polls the breakers of a service at an address as it is written.</summary>
    /// <param name="service">The service; a breaker is called <c>SERVICE/BREAKER</c>.</param>
    /// <param name="url">Where the reports are, an absolute http or https address.</param>
    /// <exception cref="ArgumentException">It is none.</exception>
    public PolledBreakers(string service, string url)
        : this(service, PlainHttp.Address(url))
    {
    }

    private static readonly HttpClient Shared = new(PlainHttp.Handler())
    {
        MaxResponseContentBufferSize = 4 * 1024 * 1024,
    };

    /// <summary>How often it is asked.</summary>
    /// <value>Default: 50 milliseconds.</value>
    public TimeSpan Every { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>A look that takes longer is given up.</summary>
    /// <value>Default: 2 seconds.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The client that asks, for services that need certificates or headers.</summary>
    /// <value>Default: a shared client without proxy, redirects and cookies.</value>
    public HttpClient Client { get; init; } = Shared;

    /// <summary>Where time comes from.</summary>
    /// <value>Default: the system.</value>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <inheritdoc/>
    public IDisposable Subscribe(Action<Signal> onSignal)
    {
        ArgumentNullException.ThrowIfNull(onSignal);
        BreakerReport? last = null;
        return new Polling<BreakerReport>(
            Time,
            Every,
            Timeout,
            async token => await Client.GetFromJsonAsync(url, BreakerReportJson.Default.BreakerReport, token).ConfigureAwait(false) ?? throw new FormatException("the report is empty"),
            (report, notBefore) =>
            {
                foreach (var signal in News(last, report).Select(change => Of(change, notBefore)).OfType<Signal>())
                {
                    onSignal(signal);
                }

                last = report;
            });
    }

    // Of a first look it is not known when it was: what counts is how things stand. A service that was started again counts from the start again, and so do its numbers.
    private static IEnumerable<BreakerReportChange> News(BreakerReport? last, BreakerReport report) =>
        last is null ? report.Changes.GroupBy(change => change.Breaker).Select(changes => changes.MaxBy(change => change.Number)!)
        : last.Process != report.Process ? report.Changes
        : report.Changes.Where(change => change.Number > (last.Changes.Count > 0 ? last.Changes[^1].Number : 0));

    private Signal? Of(BreakerReportChange change, long? notBefore) => Enum.TryParse<BreakerState>(change.State, out var state)
        ? new Signal(Time.GetTimestamp(), $"{service}/{change.Breaker}", SignalKind.Breaker, change.State) { NotBefore = notBefore, Breaker = new BreakerReading(state, change.Passed, change.Rejected) }
        : null;
}
