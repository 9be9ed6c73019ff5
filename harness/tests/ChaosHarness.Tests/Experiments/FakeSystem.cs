using ChaosHarness.Experiments;
using ChaosHarness.Faults;
using ChaosHarness.Histories;
using ChaosHarness.Safety;
using ChaosHarness.SteadyState;
using ChaosHarness.Systems;
using ChaosHarness.Workloads;
using Microsoft.Extensions.Time.Testing;

namespace ChaosHarness.Tests.Experiments;

/// <summary>A system in memory, on fake time, that is exactly as bad as a test wants it.</summary>
internal sealed class FakeSystem : ISignalSource, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("runner-").FullName;
    private readonly List<long> _stored = [];
    private readonly List<Action<Signal>> _listeners = [];

    public FakeTimeProvider Time { get; } = new();

    public bool IsDown { get; set; }

    /// <summary>Acknowledges and forgets.</summary>
    public bool IsLosing { get; set; }

    /// <summary>Holds every write twice.</summary>
    public bool IsDoubling { get; set; }

    /// <summary>Recovers by itself this long after it went down; never when null.</summary>
    public TimeSpan? HealsAfter { get; set; }

    /// <summary>Whether the revert brings it back.</summary>
    public bool RevertHeals { get; set; } = true;

    public List<string> Calls { get; } = [];

    public List<RunRecord> Recorded { get; } = [];

    public string JournalFolder => _folder;

    public RunnerOptions Options => new() { Time = Time, FaultJournalFolder = _folder, Safety = new SafetyPolicy { HaltFiles = [] }, Leases = [new LeaseFiles(Path.Combine(_folder, "leases"), Time)], Recorders = [new Recorder(this)] };

    public Fault Outage => Fault.Delegate("switch it off", "shop", _ => SwitchOff(), _ => SwitchOn());

    public ExperimentBuilder Experiment => ChaosHarness.Experiments.Experiment.Hypothesis("it comes back")
        .On(new SystemUnderTest("shop") { Environment = "local", Reach = SystemReach.Owned, Instance = _folder, Signals = [this] })
        .Workload(new Workload("orders", 100, SendAsync) { Stored = _ => _stored.Select(static id => (StoredId)id).ToAsyncEnumerable() })
        .SteadyState(new SuccessRate("orders").AtLeast(1))
        .SteadyFor("200ms")
        .Stability(10, "200ms")
        .Deadline("5s")
        .VerifyWithin("2s")
        .Inject(Outage);

    public Task<RunRecord> RunAsync(ExperimentBuilder experiment, CancellationToken halt = default) => RunAsync(experiment, Options, halt);

    public Task<RunRecord> RunAsync(ExperimentBuilder experiment, RunnerOptions options, CancellationToken halt = default) =>
        Time.UntilAsync(new ExperimentRunner(options).RunAsync(experiment, halt));

    public void Say(SignalKind kind, string source) => _listeners.ForEach(listener => listener(new Signal(Time.GetTimestamp(), source, kind, "said")));

    public IDisposable Subscribe(Action<Signal> onSignal)
    {
        _listeners.Add(onSignal);
        return new Subscription(() => _listeners.Remove(onSignal));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private ValueTask<WriteOutcome> SendAsync(WriteAttempt write, CancellationToken cancellationToken)
    {
        if (IsDown)
        {
            return ValueTask.FromResult(WriteOutcome.Refused("down"));
        }

        _stored.AddRange(Enumerable.Repeat(write.Id, IsLosing ? 0 : IsDoubling ? 2 : 1));
        return ValueTask.FromResult(WriteOutcome.Ack("node"));
    }

    private ValueTask SwitchOff()
    {
        Calls.Add("inject");
        IsDown = true;
        if (HealsAfter is { } time)
        {
            _ = HealAsync(time);
        }

        return ValueTask.CompletedTask;
    }

    private async Task HealAsync(TimeSpan after)
    {
        await Task.Delay(after, Time);
        IsDown = false;
    }

    private ValueTask SwitchOn()
    {
        Calls.Add("revert");
        IsDown = IsDown && !RevertHeals;
        return ValueTask.CompletedTask;
    }

    private sealed class Recorder(FakeSystem system) : IExperimentRecorder
    {
        public ValueTask RecordAsync(RunRecord result, CancellationToken cancellationToken)
        {
            system.Recorded.Add(result);
            return ValueTask.CompletedTask;
        }
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
