using ChaosHarness.Checkers.Recovery;
using ChaosHarness.Histories;
using ChaosHarness.Timing;
using Microsoft.Extensions.Time.Testing;

namespace ChaosHarness.Tests.Checkers.Recovery;

/// <summary>Writes the requests of a table into a history, in the order in which things happened. Times in milliseconds.</summary>
internal sealed class RecordedRun(double timeout = 2_000, double? slow = null)
{
    private readonly List<(TimeSpan At, Action<HistoryWriter> Write)> _events = [];
    private readonly List<Request> _requests = [];

    public Stability Stability { get; init; } = new(2, TimeSpan.Zero);

    public RecordedRun With(params IEnumerable<Request> requests)
    {
        _requests.AddRange(requests);
        return this;
    }

    public RecordedRun With(string table) => With(RequestTable.Parse(table));

    /// <summary>Good requests, one each 10 ms, each answered after the same time.</summary>
    public RecordedRun Steady(int count, double took, double from = 0) =>
        With(Enumerable.Range(0, count).Select(k => RequestTable.Ms(from + (10 * k))).Select(due => new Request(due, due, due + RequestTable.Ms(took), OperationVerdict.Good)));

    public RecordedRun Struck(double from, double to, double? revertedFrom = null, int strike = 0, bool isWeakness = false)
    {
        var planned = new FaultWindow($"fault {_events.Count}", ["database"], Window(from, from), null, null, null) { Strike = strike, IsWeakness = isWeakness };
        var injected = planned with { Injected = Window(from, to) };
        var number = 0;
        At(from, writer => number = writer.Add(planned)).At(to, writer => writer.Update(number, injected));
        return revertedFrom is { } start
            ? At(start, writer => writer.Update(number, injected with { Reverted = Window(start, start), End = FaultEnd.Reverted }))
            : this;
    }

    public RecordedRun Cut(double at) => At(at, writer => writer.Cut());

    public RecordedRun Look(double at) => At(at, writer => writer.Look());

    public History Until(double end)
    {
        var time = new FakeTimeProvider();
        var clock = new RunClock(time);
        var writer = new HistoryWriter(clock) { Signal = "orders", Stability = Stability };
        var orders = writer.Source(new SourceSettings("orders", RequestTable.Ms(timeout), slow is { } threshold ? RequestTable.Ms(threshold) : null));
        var requests = _requests.OrderBy(request => request.Due).SelectMany((request, number) => Events(orders, request, number));
        foreach (var (at, write) in _events.Concat(requests).Where(entry => entry.At <= RequestTable.Ms(end)).OrderBy(entry => entry.At))
        {
            time.Advance(at - clock.Now);
            write(writer);
        }

        time.Advance(RequestTable.Ms(end) - clock.Now);
        return writer.Look();
    }

    private static TimeWindow Window(double from, double to) => new(RequestTable.Ms(from), RequestTable.Ms(to));

    private static IEnumerable<(TimeSpan At, Action<HistoryWriter> Write)> Events(OperationWriter orders, Request request, int number)
    {
        yield return (request.Due, _ => orders.Enter(request.Due));
        if (!request.IsRefused)
        {
            yield return (request.Sent, _ => orders.Invoke(number, request.Sent));
        }

        if (!request.IsOpen)
        {
            yield return (request.Completed, _ => orders.Complete(number, request.Completed, request.Verdict));
        }
    }

    private RecordedRun At(double at, Action<HistoryWriter> write)
    {
        _events.Add((RequestTable.Ms(at), write));
        return this;
    }
}
