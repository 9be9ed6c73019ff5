using System.Diagnostics;
using ChaosHarness.Containers.Hosts;
using ChaosHarness.Hosts;

namespace ChaosHarness.Containers.Tests.Hosts;

/// <summary>What goes wrong with a container that is a host: each time it is said what to do, and in a bounded time.</summary>
[Platform("Linux")]
public sealed class ContainerHostTests
{
    [Test]
    public async Task An_address_leads_to_the_same_host_and_says_who_runs_commands_there()
    {
        await using var container = await HostInContainer.StartAsync();
        var host = new ContainerHost(container.Container.Engine, container.Container.Name) { User = "70:70" };
        await using var again = ContainerHost.At(host.Address);

        Assert.That((again.Name, again.Address.Parameters), Is.EqualTo((host.Name, host.Address.Parameters)));
        Assert.That((await again.RunAsync(HostCommand.Script("while read -r name value rest; do [ \"$name\" = Uid: ] && echo $value; done < /proc/self/status"), CancellationToken.None)).Output, Is.EqualTo("70\n"));
        Assert.That((await container.Host.RunAsync(new HostCommand("cat", "/proc/1/cmdline"), CancellationToken.None)).Output, Does.Contain("sleep"), "it is inside");
    }

    [Test]
    public void A_container_that_is_not_there_is_told() =>
        Assert.That(() => EchoAsync(new ContainerHost(EngineOfTests.Engine, "nobody-here")), Throws.TypeOf<HostException>().With.Message.Contains("there is no container 'nobody-here'"));

    [Test]
    public async Task One_that_does_not_run_or_is_frozen_says_what_to_do()
    {
        await using var container = await HostInContainer.StartAsync();
        await container.Container.DoAsync((client, token) => client.Containers.PauseContainerAsync(container.Container.Id, token));
        Assert.That(() => EchoAsync(container.Host), Throws.TypeOf<HostException>().With.Message.Contains("is paused").And.Message.Contains("docker unpause"));

        await container.Container.DoAsync((client, token) => client.Containers.UnpauseContainerAsync(container.Container.Id, token));
        Assert.That(await EchoAsync(container.Host), Is.EqualTo("here\n"));

        await container.Container.DoAsync((client, token) => client.Containers.KillContainerAsync(container.Container.Id, new(), token));
        await container.Container.ReachesAsync("exited");
        Assert.That(() => EchoAsync(container.Host), Throws.TypeOf<HostException>().With.Message.Contains("is exited").And.Message.Contains("docker start"));
    }

    [Test]
    public async Task One_that_ends_half_way_is_an_error_and_not_how_the_command_ended()
    {
        await using var container = await HostInContainer.StartAsync();
        var running = container.Host.RunAsync(new HostCommand("sleep", "20"), CancellationToken.None).AsTask();
        await Task.Delay(700);

        await container.Container.DoAsync((client, token) => client.Containers.KillContainerAsync(container.Container.Id, new(), token));

        Assert.That(async () => await running, Throws.TypeOf<HostException>().With.Message.Contains("ended while `sleep 20` ran in it").And.Message.Contains("nobody knows how far"));
    }

    [Test]
    public async Task One_that_is_removed_half_way_is_told()
    {
        await using var container = await HostInContainer.StartAsync();
        var running = container.Host.RunAsync(new HostCommand("sleep", "20"), CancellationToken.None).AsTask();
        await Task.Delay(700);

        await container.Container.RemoveAsync();

        Assert.That(async () => await running, Throws.TypeOf<HostException>());
    }

    [Test]
    public async Task A_command_that_is_killed_alone_has_ended_by_a_signal()
    {
        await using var container = await HostInContainer.StartAsync();

        Assert.That((await container.Host.RunAsync(HostCommand.Script("kill -s KILL $$"), CancellationToken.None)).ExitCode, Is.EqualTo(137));
    }

    [Test]
    public async Task One_that_freezes_under_a_command_is_given_up_in_time()
    {
        await using var container = await HostInContainer.StartAsync();
        var since = Stopwatch.GetTimestamp();
        var running = container.Host.RunAsync(HostCommand.Script("while :; do sleep 0.1; done") with { Limit = TimeSpan.FromSeconds(2) }, CancellationToken.None).AsTask();
        await Task.Delay(700);
        await container.Container.DoAsync((client, token) => client.Containers.PauseContainerAsync(container.Container.Id, token));

        Assert.That(async () => await running, Throws.TypeOf<HostException>().With.Message.Contains("could not be ended").And.Message.Contains("is paused"));

        Assert.That(Stopwatch.GetElapsedTime(since), Is.LessThan(TimeSpan.FromSeconds(12)));
    }

    [Test]
    public async Task An_image_without_a_shell_says_what_it_needs()
    {
        await using var container = await TestContainer.StartAsync();

        Assert.That(() => EchoAsync(new ContainerHost(container.Engine, container.Name)), Throws.TypeOf<HostException>().With.Message.Contains("needs a Unix shell"));
    }

    [Test]
    public async Task A_secret_is_in_no_message()
    {
        await using var container = await TestContainer.StartAsync();
        var host = new ContainerHost(container.Engine, container.Name);

        Assert.That(async () => await host.RunAsync(new HostCommand("psql", "--password=hunter2"), CancellationToken.None), Throws.TypeOf<HostException>().With.Message.Not.Contains("hunter2"));
    }

    [Test]
    public void An_address_of_another_kind_is_refused() =>
        Assert.That(() => ContainerHost.At(new HostAddress("ssh", new Dictionary<string, string>())), Throws.ArgumentException.With.Message.Contains("leads to no container"));

    private static async Task<string> EchoAsync(ContainerHost host) => (await host.RunAsync(new HostCommand("echo", "here"), CancellationToken.None)).Output;
}
