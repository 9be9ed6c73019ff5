using ChaosHarness.Calls;
using ChaosHarness.Experiments;
using ChaosHarness.Faults;
using ChaosHarness.Histories;
using ChaosHarness.Safety;
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
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isDown;
    private int _atWork;

    public string Folder { get; } = Directory.CreateTempSubdirectory("hostile-").FullName;

    public bool IsDown => _isDown;

    /// <summary>How many hostile calls have not come to their end.</summary>
    public int AtWork => Volatile.Read(ref _atWork);

    public RunnerOptions Options => new() { FaultJournalFolder = Folder };

    public SystemUnderTest System => new("shop") { Environment = "local", Reach = SystemReach.Owned, Instance = Folder };

    public Workload Orders => new("orders", 50, SendAsync) { Stored = StoredAsync, Timeout = TimeSpan.FromSeconds(2) };

    public Fault Outage => Fault.Delegate("outage", "shop", _ => Switch(off: true), _ => Switch(off: false));

    public ExperimentBuilder Experiment => Of(Orders);

    /// <summary>What a later run would have to undo.</summary>
    public IReadOnlyList<LeftoverFault> Leftovers => LeftoverFaults.Find(Folder, TimeProvider.System);

    public ExperimentBuilder Of(Workload orders) => ChaosHarness.Experiments.Experiment.Hypothesis("the harness keeps its head")
        .On(System)
        .Workload(orders)
        .SteadyState(new SuccessRate("orders").AtLeast("95%"))
        .SteadyFor("300ms")
        .Stability(5, "200ms")
        .Deadline("10s")
        .VerifyWithin("5s")
        .Inject(Outage.For("300ms"));

    public async Task<RunRecord> RunAsync(ExperimentBuilder experiment, Hostility hostility, CallLimits? limits = null) =>
        (await RunAsync(experiment, hostility, Options with { Limits = limits ?? new CallLimits() })).Records.Single();

    /// <summary>Runs an experiment; what completes late does so when the run is over and not yet sealed.</summary>
    public async Task<SealedRuns> RunAsync(ExperimentBuilder experiment, Hostility hostility, RunnerOptions options)
    {
        using var scope = RunScope.Open(options, [], CancellationToken.None);
        await scope.RunAsync(experiment, CancellationToken.None);
        if (hostility == Hostility.CompletesLate)
        {
            await ReleaseAsync();
        }

        return await scope.SealAsync(ScopeEnd.Well);
    }

    /// <summary>Does what is hostile, as far as it returns at all.</summary>
    public async ValueTask<T> DoAsync<T>(Hostility hostility, T value, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _atWork);
        try
        {
            switch (hostility)
            {
                case Hostility.Throws:
                    throw new InvalidOperationException("hostile");
                case Hostility.Blocks:
                    _release.Wait(CancellationToken.None);
                    return value;
                case Hostility.Never:
                    await _released.Task.WaitAsync(cancellationToken);
                    return value;
                default:
                    await _released.Task;
                    return value;
            }
        }
        finally
        {
            Interlocked.Decrement(ref _atWork);
        }
    }

    /// <summary>Lets everything come to its end that has not.</summary>
    public async Task ReleaseAsync()
    {
        _release.Set();
        _released.TrySetResult();
        for (var i = 0; i < 3000 && AtWork > 0; i++)
        {
            await Task.Delay(10);
        }
    }

    public void Dispose()
    {
        _release.Set();
        _released.TrySetResult();
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
        return ValueTask.CompletedTask;
    }
}
