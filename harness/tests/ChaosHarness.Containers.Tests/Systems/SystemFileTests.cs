using ChaosHarness.Containers.Tests.Hosts;
using ChaosHarness.Experiments;
using ChaosHarness.Sweeps;
using ChaosHarness.SystemFiles;

namespace ChaosHarness.Containers.Tests.Systems;

/// <summary>Containers of a system.yaml are found by name or by what compose runs them for, and broken over the API of their engine.</summary>
[Platform("Linux")]
public sealed class SystemFileTests : RunFixture
{
    [Test]
    public async Task A_container_and_a_service_of_compose_are_lost_and_frozen_and_well_again()
    {
        var project = TestContainer.FreeName("shop");
        await using var named = await HostInContainer.StartAsync();
        await using var composed = await TestContainer.StartAsync(parameters => parameters.Labels = new Dictionary<string, string> { ["com.docker.compose.project"] = project, ["com.docker.compose.service"] = "web", ["com.docker.compose.container-number"] = "1" });
        await using var once = await TestContainer.StartAsync(parameters => parameters.Labels = new Dictionary<string, string> { ["com.docker.compose.project"] = project, ["com.docker.compose.service"] = "web", ["com.docker.compose.oneoff"] = "True" });
        await using var system = await Read(named.Container.Name, $"compose: {{ project: {project}, service: web }}").StartAsync();
        var before = (await composed.LookAsync()).State.StartedAt;

        var lost = await RunAsync(system, SweepKind.LoseComponent, "web");
        var frozen = await RunAsync(system, SweepKind.FreezeComponent, "db");

        Assert.That(lost.Outcome, Is.EqualTo(Outcome.Passed), lost.Reason);
        Assert.That((await composed.LookAsync()).State.StartedAt, Is.Not.EqualTo(before), "it was ended, and started by the same engine");
        Assert.That(lost.Timeline.Where(entry => entry.Source == "web").Select(entry => entry.Detail), Has.Some.StartsWith("ended with exit code 137"), "the engine tells what it saw");
        Assert.That(frozen.Outcome, Is.EqualTo(Outcome.Passed), frozen.Reason);
        Assert.That((await composed.StatusAsync(), await named.Container.StatusAsync(), await once.StatusAsync()), Is.EqualTo(("running", "running", "running")));
    }

    [Test]
    public async Task Of_several_containers_of_a_service_none_is_hit_before_it_is_said_which()
    {
        var project = TestContainer.FreeName("shop");
        Dictionary<string, string> Labels(int number) => new() { ["com.docker.compose.project"] = project, ["com.docker.compose.service"] = "web", ["com.docker.compose.container-number"] = $"{number}" };
        await using var named = await HostInContainer.StartAsync();
        await using var one = await TestContainer.StartAsync(parameters => parameters.Labels = Labels(1));
        await using var two = await TestContainer.StartAsync(parameters => parameters.Labels = Labels(2));
        await using var unclear = await Read(named.Container.Name, $"compose: {{ project: {project}, service: web }}").StartAsync();
        await using var clear = await Read(named.Container.Name, $"compose: {{ project: {project}, service: web, number: 2 }}").StartAsync();
        var before = (await two.LookAsync()).State.StartedAt;

        var refused = await RunAsync(unclear, SweepKind.LoseComponent, "web");
        var lost = await RunAsync(clear, SweepKind.LoseComponent, "web");

        Assert.That((refused.Outcome, refused.Reason), Is.EqualTo((Outcome.Inconclusive, refused.Reason)));
        Assert.That(refused.Reason, Does.Contain("there are 2 containers of service 'web'").And.Contain("by its number"));
        Assert.That(lost.Outcome, Is.EqualTo(Outcome.Passed), lost.Reason);
        Assert.That((await two.LookAsync()).State.StartedAt, Is.Not.EqualTo(before));
    }

    [Test]
    public async Task A_container_that_is_not_there_is_no_reason_to_break_anything()
    {
        await using var named = await HostInContainer.StartAsync();
        await using var system = await Read(named.Container.Name, "container: nobody-here").StartAsync();

        var record = await RunAsync(system, SweepKind.LoseComponent, "web");

        Assert.That(record.Outcome, Is.EqualTo(Outcome.Inconclusive));
        Assert.That(record.Reason, Does.Contain("there is no container 'nobody-here'"));
    }

    // The probe looks inside of the container that is not hit first.
    private static SystemFile Read(string named, string web) => SystemFile.Parse($"""
        system: shop
        environment: local
        engine: {EngineOfTests.Engine.Endpoint.OriginalString}
        components:
          - {"{"} name: db, kind: database, container: {named} {"}"}
          - name: web
            {web}
        probes:
          command: [cat, /proc/self/status]
          host: container:{named}
          timeout: 10s
        steady-state: {"{"} success: 1%, for: 1s {"}"}
        faults: {"{"} length: 1s {"}"}
        """);

    private Task<RunRecord> RunAsync(RunningSystem system, SweepKind kind, string target) =>
        new ExperimentRunner(new RunnerOptions { FaultJournalFolder = Folder, Watchdog = false }).RunAsync(system.Experiment(new SweepCase(kind, target)));
}
