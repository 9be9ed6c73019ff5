using ChaosHarness.Experiments;
using ChaosHarness.Faults;
using ChaosHarness.Histories;
using ChaosHarness.Schedules;
using ChaosHarness.SteadyState;
using ChaosHarness.Systems;
using ChaosHarness.Workloads;

namespace ChaosHarness.Tests.Adversarial;

/// <summary>A well-behaved system in memory, in real time, that something hostile is added to.</summary>
internal sealed class HostileShop : IDisposable
{
    private readonly List<long> _stored = [];
    private readonly Lock _lock = new();
    private readonly ManualResetEventSlim _release = new();
    private volatile bool _isDown;

    public string Folder { get; } = Directory.CreateTempSubdirectory("hostile-").FullName;

    public int Reverted { get; private set; }

    public bool IsDown => _isDown;

    public RunnerOptions Options => new() { FaultJournalFolder = Folder };

    public SystemUnderTest System => new("shop") { Environment = "local", Reach = SystemReach.Owned, Instance = Folder };

    public Workload Orders => new("orders", 50, SendAsync) { Stored = StoredAsync, Timeout = TimeSpan.FromSeconds(2) };

    public Fault Outage => Fault.Delegate("outage", "shop", _ => Switch(off: true), _ => Switch(off: false));

    public ExperimentBuilder Experiment => Of(Orders);

    public ExperimentBuilder Of(Workload orders) => ChaosHarness.Experiments.Experiment.Hypothesis("the harness keeps its head")
        .On(System)
        .Workload(orders)
        .SteadyState(new SuccessRate("orders").AtLeast("95%"))
        .SteadyFor("300ms")
        .Stability(5, "200ms")
        .Deadline("10s")
        .VerifyWithin("5s")
        .Inject(Outage.For("300ms"));

    public Task<RunRecord> RunAsync(ExperimentBuilder experiment) => new ExperimentRunner(Options).RunAsync(experiment);

    /// <summary>Does what is hostile, as far as it returns at all.</summary>
    public async ValueTask<T> DoAsync<T>(Hostility hostility, T value)
    {
        switch (hostility)
        {
            case Hostility.Throws:
                throw new InvalidOperationException("hostile");
            case Hostility.Blocks:
                _release.Wait(TimeSpan.FromMinutes(1), CancellationToken.None);
                return value;
            case Hostility.Never:
                await new TaskCompletionSource().Task;
                return value;
            default:
                await Task.Run(() => _release.Wait(TimeSpan.FromMinutes(1), CancellationToken.None));
                return value;
        }
    }

    public void Dispose()
    {
        // What completes only now changes nothing, and keeps no thread.
        _release.Set();
        Directory.Delete(Folder, recursive: true);
    }

    private ValueTask<WriteOutcome> SendAsync(WriteAttempt write, CancellationToken cancellationToken)
    {
        if (_isDown)
        {
            return ValueTask.FromResult(WriteOutcome.Refused("down"));
        }

        lock (_lock)
        {
            _stored.Add(write.Id);
        }

        return ValueTask.FromResult(WriteOutcome.Ack());
    }

    private IAsyncEnumerable<StoredId> StoredAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _stored.ToList().Select(static id => (StoredId)id).ToAsyncEnumerable();
        }
    }

    private ValueTask Switch(bool off)
    {
        _isDown = off;
        Reverted += off ? 0 : 1;
        return ValueTask.CompletedTask;
    }
}
