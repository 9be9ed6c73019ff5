using ChaosHarness.Experiments;
using ChaosHarness.Faults;
using ChaosHarness.Safety;
using ChaosHarness.Schedules;
using ChaosHarness.Tests.Experiments;

namespace ChaosHarness.Tests.Faults;

/// <summary>What a team writes as an async method returns a Task: everything that takes a function takes one of those too.</summary>
public sealed class TaskOverloadsTests
{
    private readonly List<string> _calls = [];

    [Test]
    public async Task Methods_that_return_a_task_are_taken_as_they_are()
    {
        using var shop = new FakeSystem { HealsAfter = TimeSpan.Zero };

        var run = await shop.RunAsync(shop.Experiment
            .Inject(Fault.Delegate("stop it", "shop", StopAsync, StartAsync).For("200ms"), Schedule.Do("deploy", DeployAsync))
            .StopWhen(StopCondition.When(WhyStopAsync)));

        Assert.That(run.Outcome, Is.EqualTo(Outcome.Passed), run.Reason);
        Assert.That(_calls.Distinct(), Is.EquivalentTo(new[] { "stop", "start", "deploy", "look" }));
    }

    private async Task StopAsync(CancellationToken cancellationToken) => await SayAsync("stop");

    private async Task StartAsync(CancellationToken cancellationToken) => await SayAsync("start");

    private async Task DeployAsync(CancellationToken cancellationToken) => await SayAsync("deploy");

    private async Task<string?> WhyStopAsync(CancellationToken cancellationToken)
    {
        await SayAsync("look");
        return null;
    }

    private Task SayAsync(string what)
    {
        lock (_calls)
        {
            _calls.Add(what);
        }

        return Task.CompletedTask;
    }
}
