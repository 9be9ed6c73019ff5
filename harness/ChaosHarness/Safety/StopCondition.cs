using System.Globalization;
using System.Runtime.CompilerServices;
using ChaosHarness.Calls;
using ChaosHarness.Checkers;
using ChaosHarness.Checkers.Answers;
using ChaosHarness.Timing;

namespace ChaosHarness.Safety;

/// <summary>
/// What ends an experiment early: it is then halted and reverted. Looked at four times a second while anything is injected. One that cannot
/// be evaluated three times running, because it throws or does not answer, halts too.
/// </summary>
public abstract record StopCondition
{
    /// <summary>Halts when a function gives a reason.</summary>
    /// <param name="why">Gives the reason, or null to go on.</param>
    /// <param name="name">What it watches, for messages.</param>
    /// <returns>The condition.</returns>
    public static StopCondition When(Func<CancellationToken, ValueTask<string?>> why, string name = "a function") => new StopWhen(why, name);

    /// <summary>Halts when a function gives a reason.</summary>
    /// <param name="why">Gives the reason, or null to go on.</param>
    /// <param name="name">What it watches, for messages.</param>
    /// <returns>The condition.</returns>
    [OverloadResolutionPriority(-1)]
    public static StopCondition When(Func<CancellationToken, Task<string?>> why, string name = "a function") => new StopWhen(token => new ValueTask<string?>(why(token)), name);

    /// <summary>Halts as a function says, which also tells how far it is from that.</summary>
    /// <param name="read">Looks once.</param>
    /// <param name="name">What it watches, for messages.</param>
    /// <returns>The condition.</returns>
    public static StopCondition Watching(Func<CancellationToken, ValueTask<StopReading>> read, string name) => new StopWatching(read, name);

    /// <summary>Halts when something that a checker measures has been more than a bound for a time.</summary>
    /// <typeparam name="T">What the checker finds.</typeparam>
    /// <param name="checker">The checker; asked of what was seen until then, from the first strike on.</param>
    /// <param name="value">Reads what counts from its finding; null while nothing is known.</param>
    /// <param name="most">The most that it may be.</param>
    /// <param name="lasting">For how long it has to be more at every look, such as <c>5s</c>; <c>0s</c> for the first time.</param>
    /// <returns>The condition.</returns>
    public static StopCondition Above<T>(IChecker<T> checker, Func<T, double?> value, double most, string lasting = "0s")
        where T : Finding
    {
        ArgumentNullException.ThrowIfNull(checker);
        ArgumentNullException.ThrowIfNull(value);
        var isDuration = DurationText.TryParse(lasting, out var time);
        return new StopAbove<T>(checker, value, most, time) { Mistake = double.IsNaN(most) ? "StopWhen: a bound has to be a number." : isDuration ? null : DurationText.Mistake("StopWhen", lasting) };
    }

    /// <summary>Halts when as many requests of a signal were not answered well, since the first fault of this run, as its error budget has room for.</summary>
    /// <param name="source">The name of a probe or workload of the experiment.</param>
    /// <param name="requests">The budget, from 1.</param>
    /// <returns>The condition.</returns>
    public static StopCondition ErrorBudget(string source, long requests) =>
        new StopOnErrorBudget(source, requests) { Mistake = requests > 0 ? null : string.Create(CultureInfo.InvariantCulture, $"StopWhen: an error budget is a number of requests from 1, not {requests}.") };

    /// <summary>Halts when what users went without since the first fault has cost as much money as this run may cost, at the pace of the real system.</summary>
    /// <param name="perMinute">What a minute costs in which nobody is served; one in which half are served costs half.</param>
    /// <param name="most">The most that this run may cost, in the same currency.</param>
    /// <param name="source">The probe or workload whose outage costs; null for the judged signal.</param>
    /// <returns>The condition.</returns>
    public static StopCondition Cost(decimal perMinute, decimal most, string? source = null) =>
        new StopOnCost(perMinute, most, source) { Mistake = perMinute > 0 && most > 0 ? null : "StopWhen: a cost is more than 0, a minute's and the most." };

    /// <summary>Halts when another system, which this run is not to harm, answers a GET with another status than wanted. No answer, three times running, halts too.</summary>
    /// <param name="url">Its address, such as <c>http://payments.internal/health</c>.</param>
    /// <param name="expected">The statuses that are well; 200 to 299 when there are none.</param>
    /// <returns>The condition.</returns>
    public static StopCondition HttpStatus(string url, params int[] expected) =>
        WithAddress(url, address => new StopOnHttpStatus(address, expected));

    /// <summary>Halts when a query of a Prometheus server has a value above a bound; of several series the largest counts. No value, three times running, halts too.</summary>
    /// <param name="server">Its address, such as <c>http://prometheus:9090</c>.</param>
    /// <param name="query">In PromQL, such as <c>sum(rate(http_requests_total{code=~"5.."}[1m]))</c>.</param>
    /// <param name="most">The most that it may be.</param>
    /// <returns>The condition.</returns>
    public static StopCondition Prometheus(string server, string query, double most) =>
        WithAddress(server, address => new StopOnPrometheus(address, query, most)) is var condition && (double.IsNaN(most) || string.IsNullOrWhiteSpace(query))
            ? condition with { Mistake = "StopWhen: Prometheus needs a query and a bound that is a number." }
            : condition;

    /// <summary>Halts when a signal's availability over a time falls below a share. What is overdue and unanswered is not available.</summary>
    /// <param name="source">The name of a probe or workload of the experiment.</param>
    /// <param name="ratio">0 to 1, read as it is written.</param>
    /// <param name="over">The time looked back on, such as <c>10s</c>; nothing is judged before it has passed since the first fault.</param>
    /// <returns>The condition.</returns>
    public static StopCondition AvailabilityBelow(string source, double ratio, string over) => AvailabilityBelow(
        source,
        Percentage.TryFrom(ratio, out var least) ? least : null,
        string.Create(CultureInfo.InvariantCulture, $"StopWhen: an availability is 0 to 1, not {ratio}. Write 0.5 or \"50%\"."),
        over);

    /// <summary>Halts when a signal's availability over a time falls below a share. What is overdue and unanswered is not available.</summary>
    /// <param name="source">The name of a probe or workload of the experiment.</param>
    /// <param name="percentage">Such as <c>50%</c>.</param>
    /// <param name="over">The time looked back on, such as <c>10s</c>; nothing is judged before it has passed since the first fault.</param>
    /// <returns>The condition.</returns>
    public static StopCondition AvailabilityBelow(string source, string percentage, string over) =>
        AvailabilityBelow(source, Percentage.TryParse(percentage, out var least) ? least : null, $"StopWhen: {Percentage.Mistake(percentage)}", over);

    /// <summary>What is wrong with how it was written; null when nothing is. The experiment is not built then.</summary>
    internal string? Mistake { get; init; }

    internal abstract string Name { get; }

    internal virtual string? Source => null;

    /// <summary>Looks once.</summary>
    internal abstract ValueTask<StopReading> ReadAsync(StopContext context, CancellationToken cancellationToken);

    /// <summary>Begins to watch one run: what looks one after the other.</summary>
    internal virtual Func<StopContext, CancellationToken, ValueTask<StopReading>> Begin() => ReadAsync;

    private static StopCondition WithAddress(string url, Func<Uri, StopCondition> make)
    {
        try
        {
            return make(PlainHttp.Address(url));
        }
        catch (ArgumentException exception)
        {
            return new StopWhen(_ => ValueTask.FromResult<string?>(null), "an address") { Mistake = $"StopWhen: {exception.Message.Split(" (Parameter")[0]}" };
        }
    }

    private static StopOnAvailability AvailabilityBelow(string source, Percentage? least, string mistake, string over)
    {
        var isDuration = DurationText.TryParse(over, out var time);
        return new StopOnAvailability(source, least ?? default, time)
        {
            Mistake = least is null ? mistake : isDuration && time > TimeSpan.Zero ? null : DurationText.Mistake("StopWhen", over),
        };
    }

    private sealed record StopWhen(Func<CancellationToken, ValueTask<string?>> Why, string Watches) : StopCondition
    {
        internal override string Name => Watches;

        internal override async ValueTask<StopReading> ReadAsync(StopContext context, CancellationToken cancellationToken) => new(await Why(cancellationToken).ConfigureAwait(false));
    }

    private sealed record StopWatching(Func<CancellationToken, ValueTask<StopReading>> Read, string Watches) : StopCondition
    {
        internal override string Name => Watches;

        internal override ValueTask<StopReading> ReadAsync(StopContext context, CancellationToken cancellationToken) => Read(cancellationToken);
    }
}
