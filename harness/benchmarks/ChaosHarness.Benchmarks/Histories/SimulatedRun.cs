using ChaosHarness.Histories;
using ChaosHarness.Timing;

namespace ChaosHarness.Benchmarks.Histories;

/// <summary>A run in simulated time: a workload of 20 000 requests a second and a probe of 200, as a scenario answers them.</summary>
internal sealed class SimulatedRun
{
    public const string Workload = "orders";
    public const string Probe = "front page";
    public const int Operations = 1_000_000;
    public const int PerSecond = 20_000;
    private const int ProbeEvery = 100;
    private readonly PriorityQueue<(OperationWriter Source, long Number, OperationVerdict Verdict), TimeSpan> _answers = new();
    private readonly Scenario _scenario;
    private readonly SetTime _time = new();
    private readonly OperationWriter _orders;
    private readonly OperationWriter _frontPage;
    private int _entered;

    public SimulatedRun(Scenario scenario)
    {
        _scenario = scenario;
        Writer = new HistoryWriter(new RunClock(_time)) { Signal = Workload };
        _orders = Writer.Source(new SourceSettings(Workload, scenario.Timeout) { IsWorkload = true });
        _frontPage = Writer.Source(new SourceSettings(Probe, scenario.Timeout));
        Strike(DueOf(Operations / 5));
        Go(Operations);
    }

    public HistoryWriter Writer { get; }

    /// <summary>Lets the run go on until so many more requests of the workload are due.</summary>
    public void Go(int more)
    {
        for (var last = _entered + more; _entered < last; _entered++)
        {
            var due = DueOf(_entered);
            Answer(due);
            _time.Set(due);
            Enter(_orders, due);
            if (_entered % ProbeEvery == 0)
            {
                Enter(_frontPage, due);
            }
        }
    }

    private static TimeSpan DueOf(int number) => TimeSpan.FromTicks(TimeSpan.TicksPerSecond / PerSecond * number);

    private void Strike(TimeSpan at)
    {
        _time.Set(at);
        var window = new TimeWindow(at, at + TimeSpan.FromMilliseconds(1));
        Writer.Add(new FaultWindow("crash", ["database"], window, window, null, null));
        _time.Set(TimeSpan.Zero);
    }

    private void Enter(OperationWriter source, TimeSpan due)
    {
        var number = source.Enter(due);
        source.Invoke(number, due);
        var (verdict, takes) = _scenario.Answer(_entered, Operations) ?? (OperationVerdict.Error, _scenario.Timeout);
        _answers.Enqueue((source, number, verdict), due + takes);
    }

    private void Answer(TimeSpan now)
    {
        while (_answers.TryPeek(out var answer, out var at) && at <= now)
        {
            _answers.Dequeue();
            answer.Source.Complete(answer.Number, at, answer.Verdict, answer.Verdict == OperationVerdict.Good ? null : "HTTP 503", "db-a", answer.Number, answer.Number);
        }
    }
}
