using ChaosHarness.Expectations;
using ChaosHarness.Experiments;

namespace ChaosHarness.NUnit.Tests.Subjects;

/// <summary>Experiments that do not keep to their tests.</summary>
[Explicit("Run by other tests.")]
public sealed class ScopeSubjects : QuickExperiments
{
    private ExperimentResult? _earlier;

    [Test]
    public async Task Is_a_plain_test() => await Quick.RunAsync();

    [Experiment]
    public void Is_not_awaited() => _ = Quick.Deadline("2m").ObserveAtLeast("1m").RunAsync();

    [Experiment(Timeout = "1s")]
    public async Task Takes_too_long_and_hands_no_token_over() => await Quick.Deadline("2m").ObserveAtLeast("1m").RunAsync();

    [Experiment(Timeout = "5s")]
    public async Task Waits_for_its_system() => Assert.That(await Quick.RunAsync(), Recovered.Within("1s"));

    [Experiment(Timeout = "1s")]
    public void Waits_for_its_token(CancellationToken halt)
    {
        halt.WaitHandle.WaitOne(TimeSpan.FromMinutes(1));
        Assert.That(halt.IsCancellationRequested && TestContext.CurrentContext.CancellationToken == halt, Is.False, "the token was cancelled");
    }

    [Experiment(Rto = "1s")]
    public async Task Runs_two()
    {
        await Quick.Named("first").RunAsync();
        await Quick.Named("second").RunAsync();
    }

    [Experiment, Retry(2)]
    public async Task Asserts_on_an_earlier_attempt()
    {
        if (TestContext.CurrentContext.CurrentRepeatCount == 0)
        {
            _earlier = await Quick.RunAsync();
            Assert.Fail("once more");
        }

        Assert.That(_earlier!, Recovered.Within("1s"));
    }

    [Experiment]
    public async Task Second_says_nothing()
    {
        await Quick.Named("first").RunAsync();
        Down = true;
        Assert.That(await Quick.Named("second").RunAsync(), Recovered.Within("1s"));
    }
}
