using ChaosHarness.Expectations;
using ChaosHarness.Experiments;
using ChaosHarness.Probes;
using ChaosHarness.Systems;

namespace ChaosHarness.NUnit.Tests.Subjects;

/// <summary>Experiments whose results are held against expectations.</summary>
[Explicit("Run by other tests.")]
public sealed class AssertingSubjects : QuickExperiments
{
    private ExperimentBuilder Outage => Quick.Inject(SwitchOff).Probe(new DelegateProbe("steady", _ => ValueTask.FromResult(ProbeSample.Good)).Every("10ms"));

    [Experiment(Rto = "1s")]
    public async Task Meets_all() => Assert.That(await Quick.RunAsync(), Recovered.Within(Rto), Available.AtLeast("99%"));

    [Experiment]
    public async Task Misses_two_of_three() => Assert.That(await Outage.RunAsync(), Recovered.Within("1ms"), Available.Of("steady").AtLeast("1%"), Available.Of("pulse").AtLeast("99%"));

    [Experiment]
    public async Task Misses_a_half() => Assert.That(await Outage.RunAsync(), Available.Of("steady").AtLeast("1%") & Available.Of("pulse").AtLeast("99%"));

    [Experiment]
    public async Task Is_written_wrongly() => Assert.That(await Quick.RunAsync(), Recovered.Within("soon"));

    [Experiment]
    public async Task Expects_nothing() => Assert.That(await Quick.RunAsync());

    [Experiment]
    public async Task Means_to_miss()
    {
        var result = await Outage.RunAsync();
        Assert.That(() => Assert.That(result, Available.AtLeast("99%")), Throws.TypeOf<AssertionException>());
    }

    [Experiment(Latency = "p99 5s", Ttd = "90s", Availability = "1%")]
    public async Task Is_held_to_the_short_forms() => await Quick.On(new SystemUnderTest("shop") { Environment = "local", Reach = SystemReach.Owned, Signals = [new Silence()] }).RunAsync();

    private sealed class Silence : ISignalSource, IDisposable
    {
        public IDisposable Subscribe(Action<Signal> onSignal) => this;

        public void Dispose()
        {
            // Nothing was listened to.
        }
    }
}
