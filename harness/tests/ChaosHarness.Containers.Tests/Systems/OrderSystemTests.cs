using ChaosHarness.Experiments;
using ChaosHarness.Fixtures.Containers.OrderSystems;
using ChaosHarness.Sweeps;

namespace ChaosHarness.Containers.Tests.Systems;

/// <summary>The sample system on containers comes up, survives the loss of its primary database, and is whole again.</summary>
[Platform("Linux")]
public sealed class OrderSystemTests : RunFixture
{
    private const string Quiet = "an experiment in real time, for a machine that does nothing else";
    private ContainerOrderSystem _system = null!;

    [OneTimeSetUp]
    public async Task BringUpAsync()
    {
        try
        {
            _system = await ContainerOrderSystem.StartAsync();
        }
        catch (NotRunException exception)
        {
            Assert.Ignore($"The sample system on containers cannot run here: {exception.Message}");
        }
    }

    // A machine that is busy with something else times its requests out: what fails over for that comes to rest again.
    [SetUp]
    public async Task ComesToRestAsync()
    {
        for (var (looks, well) = (0, 0); looks < 120 && well < 5; looks++)
        {
            well = await _system.IsWellAsync() ? well + 1 : 0;
            await Task.Delay(500);
        }
    }

    [OneTimeTearDown]
    public async Task EndAsync()
    {
        if (_system is not null)
        {
            await _system.DisposeAsync();
        }
    }

    [Test]
    public void The_cases_that_are_known_before_are_those_that_it_has()
    {
        TestContext.Out.WriteLine($"up after {_system.Warmup.TotalSeconds:0.0} s");
        Assert.That(_system.Swept.Cases, Is.EqualTo(ContainerOrderSystem.GenericCases));
    }

    [Explicit(Quiet)]
    [TestCase(SweepKind.LoseComponent)]
    [TestCase(SweepKind.FreezeComponent)]
    public async Task The_primary_database_can_be_lost_and_no_order_is(SweepKind kind)
    {
        var primary = (await _system.PrimaryAsync())!;

        var record = await RunAsync(new SweepCase(kind, primary));

        Assert.That(record.Outcome, Is.EqualTo(Outcome.Passed), record.Reason);
        if (kind == SweepKind.LoseComponent)
        {
            Assert.That(record.Timeline.Select(entry => entry.Detail), Has.Some.EqualTo($"took over from {primary}"));
        }

        Assert.That(await _system.IsWellAsync(), Is.True);
    }

    [Explicit(Quiet)]
    [Test]
    public async Task A_link_through_the_proxy_can_be_cut()
    {
        var record = await RunAsync(new SweepCase(SweepKind.CutLink, "orders-a to recommendations"));

        Assert.That(record.Outcome, Is.EqualTo(Outcome.Passed), record.Reason);
    }

    private async Task<RunRecord> RunAsync(SweepCase @case)
    {
        var record = await new ExperimentRunner(new RunnerOptions { FaultJournalFolder = Folder, Watchdog = false }).RunAsync(_system.Swept.Experiment(@case));
        await TestContext.Out.WriteLineAsync($"{@case}: {record.Outcome} {record.Reason}\n{string.Join('\n', record.Timeline.Select(entry => $"  {entry.At.TotalSeconds:0.000} {entry.Kind} {entry.Source}: {entry.Detail}"))}");
        return record;
    }
}
