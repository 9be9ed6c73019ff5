using ChaosHarness.Experiments;
using ChaosHarness.Faults;
using ChaosHarness.Safety;
using ChaosHarness.Systems;

namespace ChaosHarness.Tests.Experiments;

/// <summary>What others are told of a system while it is being broken: a machine that dies over it can tell nobody any more.</summary>
public sealed class LeftBehindTests
{
    private NotedLease _lease = null!;
    private FakeSystem _shop = null!;

    [SetUp]
    public void OpenShop() => (_lease, _shop) = (new NotedLease(), new FakeSystem { HealsAfter = TimeSpan.FromMilliseconds(300) });

    [TearDown]
    public void CloseShop() => _shop.Dispose();

    [Test]
    public async Task While_a_fault_is_in_force_it_is_noted_and_no_more_once_it_is_undone()
    {
        IReadOnlyList<string>? during = null;
        var look = Fault.Delegate("look", "shop", _ => Look(), _ => ValueTask.CompletedTask);

        var run = await RunAsync(look);

        Assert.That(run.Outcome, Is.EqualTo(Outcome.Passed), run.Reason);
        Assert.That(during!.Single(), Is.EqualTo($"Run {run.RunId} of 'it comes back' was breaking it and has not said that everything is undone: switch it off; look."));
        Assert.That(_lease.Left, Is.Empty);

        ValueTask Look()
        {
            during = _lease.Left;
            return ValueTask.CompletedTask;
        }
    }

    [TestCase(false, "")]
    [TestCase(true, "Others were not told what is left: 'lease': note what is left failed: the ledger is full.")]
    public async Task What_cannot_be_undone_stays_noted_and_a_note_that_fails_is_told(bool fails, string told)
    {
        _lease.Fails = fails;
        var glue = Fault.Delegate("glue", "shop", _ => ValueTask.CompletedTask, _ => throw new InvalidOperationException("it sticks"));

        var run = await RunAsync(glue);

        Assert.That(run.Outcome, Is.EqualTo(Outcome.Broken));
        Assert.That(run.Reason, Does.Contain("it sticks").And.Contain(told));
        Assert.That(_lease.Left.Any(line => line.Contains("it sticks", StringComparison.Ordinal)), Is.EqualTo(!fails));
    }

    [Test]
    public async Task A_run_that_injects_nothing_leaves_no_word()
    {
        _shop.IsDown = true;

        var run = await RunAsync(_shop.Outage);

        Assert.That(run.Outcome, Is.EqualTo(Outcome.Inconclusive));
        Assert.That(_lease.Left, Is.Empty);
    }

    private Task<RunRecord> RunAsync(Fault fault) => _shop.RunAsync(_shop.Experiment.Inject(fault), _shop.Options with { Leases = [_lease] });

    private sealed class NotedLease : ISystemLease, IHeldLease
    {
        public IReadOnlyList<string> Left { get; private set; } = [];

        public bool Fails { get; set; }

        public Task<string> Lost { get; } = new TaskCompletionSource<string>().Task;

        public ValueTask<LeaseResult> TakeAsync(SystemIdentity system, LeaseHolder holder, TimeSpan wait, CancellationToken cancellationToken) => ValueTask.FromResult(LeaseResult.Taken(this));

        public ValueTask LeaveAsync(IReadOnlyList<string> faults, CancellationToken cancellationToken)
        {
            if (Fails)
            {
                throw new InvalidOperationException("the ledger is full");
            }

            Left = faults;
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
