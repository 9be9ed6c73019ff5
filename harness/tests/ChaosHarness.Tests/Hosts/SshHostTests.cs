using System.Diagnostics;
using ChaosHarness.Faults.Processes;
using ChaosHarness.Hosts;

namespace ChaosHarness.Tests.Hosts;

/// <summary>What goes wrong with ssh: each time it is said what to do, and in a bounded time.</summary>
[Platform("Linux")]
public sealed class SshHostTests
{
    private SshServer _server = null!;

    [SetUp]
    public void Start() => _server = SshServer.Start();

    [TearDown]
    public void End() => _server.Dispose();

    [Test]
    public async Task An_address_leads_to_the_same_host_and_has_no_secret()
    {
        await using var host = _server.Host;
        await using var again = SshHost.At(host.Address);

        Assert.That((await again.RunAsync(new HostCommand("echo", "here"), CancellationToken.None)).Output, Is.EqualTo("here\n"));
        Assert.That((again.Name, again.Address.Parameters), Is.EqualTo((host.Name, host.Address.Parameters)));
        Assert.That(host.Address.Parameters.Keys, Is.EquivalentTo(new[] { "destination", "Name", "User", "Port", "IdentityFile", "ConfigFile", "KnownHostsFile" }));
    }

    [Test]
    public async Task A_host_with_another_key_is_not_talked_to()
    {
        _server.ChangeKey();
        await using var host = _server.Host;

        Assert.That(() => EchoAsync(host), Throws.TypeOf<HostException>().With.Message.StartsWith("db-host has another key than the one that is known").And.Message.Contains("ssh-keygen -R"));
    }

    [Test]
    public async Task A_host_that_nobody_knows_is_not_talked_to()
    {
        _server.Forget();
        await using var host = _server.Host;

        Assert.That(() => EchoAsync(host), Throws.TypeOf<HostException>().With.Message.StartsWith("the key of db-host is not known here"));
        Assert.That(File.ReadAllText(_server.KnownHosts), Is.Empty, "and is not known afterwards");
    }

    [Test]
    public async Task Who_is_not_let_in_is_told_what_is_needed()
    {
        await using var host = new SshHost("127.0.0.1", _server.Options with { User = "nobody" });

        Assert.That(() => EchoAsync(host), Throws.TypeOf<HostException>().With.Message.Contains("does not let this user in").And.Message.Contains("authorized_keys"));
    }

    [Test]
    public async Task A_host_that_is_down_is_told_as_down()
    {
        await using var host = _server.Host;
        _server.End();

        Assert.That(() => EchoAsync(host), Throws.TypeOf<HostException>().With.Message.Contains("cannot be reached").And.Message.Contains("refused"));
    }

    [Test]
    public async Task Without_a_client_it_says_so()
    {
        await using var host = new SshHost("127.0.0.1", _server.Options with { Program = "no-such-ssh" });

        Assert.That(() => EchoAsync(host), Throws.TypeOf<HostException>().With.Message.Contains("there is no ssh client here"));
    }

    [Test]
    public async Task A_session_that_is_lost_half_way_is_an_error_and_the_next_command_has_another()
    {
        await using var host = _server.Host;
        await EchoAsync(host);
        var running = host.RunAsync(new HostCommand("sleep", "20"), CancellationToken.None).AsTask();
        await Task.Delay(300);
        await _server.KillSessionsAsync();

        Assert.That(async () => await running, Throws.TypeOf<HostException>().With.Message.Contains("was lost while `sleep 20` ran there"));
        Assert.That(await EchoAsync(host), Is.EqualTo("here\n"));
    }

    [Test]
    public async Task A_session_that_ended_while_nobody_used_it_is_not_noticed()
    {
        await using var host = _server.Host;
        await EchoAsync(host);
        await _server.KillSessionsAsync();
        await Task.Delay(300);

        Assert.That(await EchoAsync(host), Is.EqualTo("here\n"));
    }

    [Test]
    public async Task A_host_that_stands_still_is_given_up_in_time()
    {
        await using var host = new SshHost("127.0.0.1", _server.Options with { SilenceLimit = TimeSpan.FromSeconds(3) });
        await EchoAsync(host);
        var frozen = _server.Sessions;
        frozen.ToList().ForEach(ProcessSignals.FreezeTree);
        var began = Stopwatch.GetTimestamp();

        Assert.That(() => EchoAsync(host), Throws.TypeOf<HostException>().With.Message.Contains("ssh 127.0.0.1 true"));

        Assert.That(Stopwatch.GetElapsedTime(began), Is.LessThan(TimeSpan.FromSeconds(12)));
        Assert.That(await EchoAsync(host), Is.EqualTo("here\n"), "and another session is opened");
        frozen.ToList().ForEach(ProcessSignals.ResumeTree);
    }

    [TestCase("-oProxyCommand=touch")]
    [TestCase("a b")]
    [TestCase(" ")]
    public void What_is_no_host_is_refused(string destination) => Assert.That(() => new SshHost(destination), Throws.ArgumentException);

    private static async Task<string> EchoAsync(SshHost host) => (await host.RunAsync(new HostCommand("echo", "here"), CancellationToken.None)).Output;
}
