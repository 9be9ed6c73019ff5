using ChaosHarness.Containers.Engines;
using ChaosHarness.Containers.Faults;
using ChaosHarness.Experiments;
using Docker.DotNet.Models;

namespace ChaosHarness.Containers.Tests.Faults;

public sealed class ContainerFaultTests : RunFixture
{
    [Test]
    public async Task A_crashed_container_is_dead_at_once_and_started_again()
    {
        await using var target = await TestContainer.StartAsync();
        var run = RunAsync(target.Component.Crash());

        await target.ReachesAsync("exited");
        Assert.That((await target.LookAsync()).State.ExitCode, Is.EqualTo(137));
        await IsUndoneAsync(run, target);
    }

    [Test]
    public async Task A_stopped_container_may_end_by_itself_and_is_started_again()
    {
        await using var target = await TestContainer.StartAsync(command: "trap 'exit 7' TERM; while :; do sleep 0.05; done");
        var run = RunAsync(target.Component.Stop());

        await target.ReachesAsync("exited");
        Assert.That((await target.LookAsync()).State.ExitCode, Is.EqualTo(7));
        await IsUndoneAsync(run, target);
    }

    [Test]
    public async Task A_frozen_container_is_paused_and_goes_on()
    {
        await using var target = await TestContainer.StartAsync();
        var started = (await target.LookAsync()).State.StartedAt;
        var run = RunAsync(target.Component.Freeze());

        await target.ReachesAsync("paused");
        await IsUndoneAsync(run, target);
        Assert.That((await target.LookAsync()).State.StartedAt, Is.EqualTo(started), "it was not started anew");
    }

    [Test]
    public async Task A_restarted_container_is_another_run_of_the_same_container()
    {
        await using var target = await TestContainer.StartAsync(command: "trap 'exit 0' TERM; while :; do sleep 0.05; done");
        var started = (await target.LookAsync()).State.StartedAt;

        await IsUndoneAsync(RunAsync(target.Component.Restart()), target);

        Assert.That((await target.LookAsync()).State.StartedAt, Is.Not.EqualTo(started));
    }

    [Test]
    public async Task A_container_is_cut_off_from_a_network_and_comes_back_with_its_names_and_its_address()
    {
        await using var network = await TestNetwork.CreateAsync(hasSubnet: true);
        await using var target = await TestContainer.StartAsync(network.Join("db", "database"));
        var before = (await target.LookAsync()).Networks[network.Name];
        var run = RunAsync(target.Component.CutOff(network.Name));

        Assert.That(async () => (await target.LookAsync()).Networks, Does.Not.ContainKey(network.Name).After(30_000, 20));
        await IsUndoneAsync(run, target);
        var after = (await target.LookAsync()).Networks[network.Name];
        Assert.That(after.Aliases, Is.SupersetOf(new[] { "db", "database" }));
        Assert.That(after.IPAddress, Is.EqualTo(before.IPAddress));
    }

    [Test]
    public async Task Cut_off_from_all_it_is_in_no_network_and_then_in_all_of_them()
    {
        await using var one = await TestNetwork.CreateAsync(hasSubnet: false);
        await using var two = await TestNetwork.CreateAsync(hasSubnet: false);
        await using var target = await TestContainer.StartAsync(one.Join("db"));
        await target.DoAsync((client, token) => client.Networks.ConnectNetworkAsync(two.Name, new NetworkConnectParameters { Container = target.Id }, token));
        var run = RunAsync(target.Component.CutOff());

        Assert.That(async () => (await target.LookAsync()).Networks, Is.Empty.After(30_000, 20));
        await IsUndoneAsync(run, target);
        var after = (await target.LookAsync()).Networks;
        Assert.That(after.Keys, Is.EquivalentTo(new[] { one.Name, two.Name }));
        Assert.That(after[one.Name].Aliases, Does.Contain("db"));
    }

    [Test]
    public async Task Limits_are_in_force_and_then_what_they_were()
    {
        await using var target = await TestContainer.StartAsync(create => (create.HostConfig!.CPUQuota, create.HostConfig.CPUPeriod, create.HostConfig.Memory, create.HostConfig.MemorySwap) = (150_000, 100_000, 256 << 20, 300 << 20));
        var run = RunAsync(target.Component.Limit(cpus: 0.1, memory: "64MiB"));

        Assert.That(async () => (await target.LookAsync()).Host.Memory, Is.EqualTo(64 << 20).After(30_000, 20));
        Assert.That((await target.LookAsync()).Host.CPUQuota, Is.EqualTo(10_000));
        await IsUndoneAsync(run, target);
        var after = (await target.LookAsync()).Host;
        Assert.That((after.CPUQuota, after.Memory, after.MemorySwap), Is.EqualTo((150_000L, 256L << 20, 300L << 20)));
    }

    [Test]
    public async Task Where_there_was_no_limit_there_is_none_that_limits()
    {
        await using var target = await TestContainer.StartAsync();
        var run = RunAsync(target.Component.Limit(0.5, "32MiB"));

        Assert.That(async () => (await target.LookAsync()).Host.Memory, Is.EqualTo(32 << 20).After(30_000, 20));
        await IsUndoneAsync(run, target);
        var machine = await target.Engine.AskAsync("asking", (client, token) => client.System.GetSystemInfoAsync(token), CancellationToken.None);
        var after = (await target.LookAsync()).Host;
        Assert.That((after.CPUQuota, after.Memory), Is.EqualTo((-1L, machine.MemTotal)));
    }

    [Test]
    public async Task A_share_of_processors_that_was_said_the_other_way_stays_so()
    {
        await using var target = await TestContainer.StartAsync(create => create.HostConfig!.NanoCPUs = 1_500_000_000);
        var run = RunAsync(target.Component.Limit(cpus: 0.2));

        Assert.That(async () => (await target.LookAsync()).Host.NanoCPUs, Is.EqualTo(200_000_000).After(30_000, 20));
        await IsUndoneAsync(run, target);
        Assert.That((await target.LookAsync()).Host.NanoCPUs, Is.EqualTo(1_500_000_000));
    }

    [Test]
    public async Task What_is_started_again_is_waited_for_until_its_health_check_holds()
    {
        await using var target = await TestContainer.StartAsync(
            create => create.Healthcheck = new HealthcheckConfig { Test = ["CMD", "/bin/bash", "-c", "[ -e /tmp/ready ]"], Interval = TimeSpan.FromMilliseconds(200), Timeout = TimeSpan.FromSeconds(2), Retries = 1 },
            command: "rm -f /tmp/ready; sleep 1; : > /tmp/ready; exec sleep 600");

        await IsUndoneAsync(RunAsync(target.Component.Crash()), target);

        Assert.That((await target.LookAsync()).State.Health?.Status, Is.EqualTo("healthy"));
    }

    [Test]
    public async Task One_that_is_ended_while_it_is_frozen_was_fenced_and_is_started()
    {
        await using var target = await TestContainer.StartAsync();
        var run = RunAsync(target.Component.Freeze(), "3s");
        await target.ReachesAsync("paused");

        await target.DoAsync((client, token) => client.Containers.KillContainerAsync(target.Id, new() { Signal = "KILL" }, token));

        var record = await run;
        Assert.That(record.Outcome, Is.EqualTo(Outcome.Passed), record.Reason);
        Assert.That(record.Timeline.Select(entry => entry.Detail), Has.Some.Contains("ended while it was frozen"));
        Assert.That(await target.StatusAsync(), Is.EqualTo("running"));
    }

    [Test]
    public async Task Somebody_who_unpauses_it_breaks_the_run()
    {
        await using var target = await TestContainer.StartAsync();
        var run = RunAsync(target.Component.Freeze(), "10s");
        await target.ReachesAsync("paused");

        await target.DoAsync((client, token) => client.Containers.UnpauseContainerAsync(target.Id, token));

        var record = await run;
        Assert.That(record.Outcome, Is.EqualTo(Outcome.Broken));
        Assert.That(record.Reason, Does.Contain("was unpaused"));
    }

    [Test]
    public async Task A_container_that_is_replaced_while_it_is_frozen_is_told_and_its_successor_is_left_alone()
    {
        await using var target = await TestContainer.StartAsync();
        var run = RunAsync(target.Component.Freeze(), "10s");
        await target.ReachesAsync("paused");
        await target.RemoveAsync();
        await using var successor = await TestContainer.StartAsync(name: target.Name);
        var started = (await successor.LookAsync()).State.StartedAt;
        // Frozen by a stranger, whose business that is.
        await successor.DoAsync((client, token) => client.Containers.PauseContainerAsync(successor.Id, token));

        var record = await run;
        Assert.That(record.Outcome, Is.EqualTo(Outcome.Broken), () => string.Join('\n', record.Timeline));
        Assert.That(record.Reason, Does.Contain("was removed").Or.Contains($"was replaced by another of its name ({successor.Id[..12]})"));
        Assert.That(await successor.StatusAsync(), Is.EqualTo("paused"));
        Assert.That((await successor.LookAsync()).State.StartedAt, Is.EqualTo(started));
        Assert.That(Leftovers, Is.Empty, "nothing of the fault is left");
    }

    [Test]
    public async Task A_container_that_is_replaced_after_its_crash_is_the_recovery_of_the_system()
    {
        await using var target = await TestContainer.StartAsync();
        // As compose does it: the old one gives its name away before it is removed.
        var run = RunAsync(target.Component.Crash(), "3s");
        await target.ReachesAsync("exited");
        await target.DoAsync((client, token) => client.Containers.RenameContainerAsync(target.Id, new ContainerRenameParameters { NewName = TestContainer.FreeName("old") }, token));
        await using var successor = await TestContainer.StartAsync(name: target.Name);
        await target.RemoveAsync();

        var record = await run;
        Assert.That(record.Outcome, Is.EqualTo(Outcome.Passed), record.Reason);
        Assert.That(record.Timeline.Select(entry => entry.Detail), Has.Some.Contains("was replaced by another of its name"));
        Assert.That(await successor.StatusAsync(), Is.EqualTo("running"));
    }

    [Test]
    public async Task One_that_is_removed_for_good_cannot_be_brought_back_and_a_person_is_told()
    {
        await using var target = await TestContainer.StartAsync();
        var run = RunAsync(target.Component.Crash(), "10s");
        await target.ReachesAsync("exited");

        await target.RemoveAsync();

        var record = await run;
        Assert.That(record.Outcome, Is.EqualTo(Outcome.Broken));
        Assert.That(record.Reason, Does.Contain("create it again"));
    }

    [Test]
    public async Task What_is_not_there_or_does_not_run_keeps_the_run_from_breaking_anything()
    {
        await using var target = await TestContainer.StartAsync();
        await target.DoAsync((client, token) => client.Containers.KillContainerAsync(target.Id, new() { Signal = "KILL" }, token));

        var ended = await RunAsync(target.Component.Freeze());
        var missing = await RunAsync(target.Engine.Container("nobody-here").Crash());

        Assert.That((ended.Outcome, missing.Outcome), Is.EqualTo((Outcome.Inconclusive, Outcome.Inconclusive)));
        Assert.That(ended.Reason, Does.Contain("is exited and not running").And.Contains("start it first"));
        Assert.That(missing.Reason, Does.Contain("there is no container 'nobody-here'"));
    }

    [Test]
    public async Task What_could_not_be_started_again_is_not_ended()
    {
        await using var target = await TestContainer.StartAsync(create => create.HostConfig!.AutoRemove = true);

        var record = await RunAsync(target.Component.Crash());

        Assert.That(record.Outcome, Is.EqualTo(Outcome.Inconclusive));
        Assert.That(record.Reason, Does.Contain("--rm"));
        Assert.That(await target.StatusAsync(), Is.EqualTo("running"));
    }

    [Test]
    public async Task A_container_without_a_network_of_its_own_cannot_be_cut_off()
    {
        await using var target = await TestContainer.StartAsync(create => create.HostConfig!.NetworkMode = "host");

        var all = await RunAsync(target.Component.CutOff());
        var named = await RunAsync(target.Component.CutOff("shop_default"));

        Assert.That(all.Reason, Does.Contain("its network mode is host"));
        Assert.That(named.Reason, Does.Contain("is not connected to shop_default"));
    }

    [TestCase(null, null, "neither cpus nor memory")]
    [TestCase(0.0, null, "no number of processors")]
    [TestCase(-1.0, null, "no number of processors")]
    [TestCase(double.NaN, null, "no number of processors")]
    [TestCase(null, "64", "no amount of memory")]
    [TestCase(null, "1MiB", "no amount of memory")]
    [TestCase(null, "a lot", "no amount of memory")]
    public void Limits_that_make_no_sense_are_mistakes(double? cpus, string? memory, string words)
    {
        using var engine = new ContainerEngine(new Uri("unix:///nowhere.sock"));

        Assert.That(engine.Container("db").Limit(cpus, memory).Mistakes.Single(), Does.Contain(words));
    }

    private async Task IsUndoneAsync(Task<RunRecord> run, TestContainer target)
    {
        var record = await run;
        Assert.That(record.Outcome, Is.EqualTo(Outcome.Passed), record.Reason);
        Assert.That(await target.StatusAsync(), Is.EqualTo("running"));
        Assert.That(Leftovers, Is.Empty);
    }
}
