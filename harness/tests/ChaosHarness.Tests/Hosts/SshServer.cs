using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ChaosHarness.Faults.Processes;
using ChaosHarness.Hosts;

namespace ChaosHarness.Tests.Hosts;

/// <summary>A real sshd on the loopback, with keys of its own: this machine as another one.</summary>
internal sealed class SshServer : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sshd-").FullName;
    private Process? _process;

    private SshServer() => Port = FreePort();

    public int Port { get; }

    public string KnownHosts => Path.Combine(_folder, "known_hosts");

    public string Identity => Path.Combine(_folder, "id");

    public SshOptions Options => new() { ConfigFile = "none", KnownHostsFile = KnownHosts, IdentityFile = Identity, Port = Port, Name = "db-host", User = "root" };

    public SshHost Host => new("127.0.0.1", Options);

    /// <summary>The processes of sshd that have a session.</summary>
    public IReadOnlyList<ProcessIdentity> Sessions =>
    [
        .. File.ReadAllText($"/proc/{_process!.Id}/task/{_process.Id}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(id => ProcessIdentity.Find(int.Parse(id, CultureInfo.InvariantCulture))).OfType<ProcessIdentity>(),
    ];

    public Task KillSessionsAsync() => Task.WhenAll(Sessions.Select(session => ProcessSignals.KillTreeAsync(session, CancellationToken.None)));

    public static SshServer Start()
    {
        if (!File.Exists("/usr/sbin/sshd") || Environment.UserName != "root")
        {
            Assert.Ignore("It needs openssh-server, and root: sshd of another user resets every connection.");
        }

        var server = new SshServer();
        try
        {
            server.MakeKey("id");
            server.MakeKey("host");
            File.Copy(server.Identity + ".pub", Path.Combine(server._folder, "authorized_keys"));
            server.Know("host");
            server.Run();
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Sets it up anew: with another key, at the same address.</summary>
    public void ChangeKey()
    {
        End();
        File.Delete(Path.Combine(_folder, "host"));
        MakeKey("host");
        Run();
    }

    public void Forget() => File.WriteAllText(KnownHosts, "");

    public void End()
    {
        if (_process is null)
        {
            return;
        }

        KillSessionsAsync().Wait(TimeSpan.FromSeconds(10));

        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
    }

    public void Dispose()
    {
        End();
        Directory.Delete(_folder, recursive: true);
    }

    // With a home of its own: what whoever runs the tests has in their login scripts may wait for locks that a killed session left.
    private void Run()
    {
        Directory.CreateDirectory("/run/sshd");
        var configuration = Path.Combine(_folder, "sshd_config");
        File.WriteAllText(configuration, string.Create(CultureInfo.InvariantCulture, $"""
            Port {Port}
            ListenAddress 127.0.0.1
            HostKey {_folder}/host
            PidFile {_folder}/sshd.pid
            AuthorizedKeysFile {_folder}/authorized_keys
            PermitRootLogin prohibit-password
            StrictModes no
            UsePAM no
            MaxStartups 100
            SetEnv HOME={_folder}

            """));
        _process = Process.Start(new ProcessStartInfo("/usr/sbin/sshd", ["-D", "-f", configuration, "-E", Path.Combine(_folder, "log")]))!;
        Assert.That(Answers, Is.True.After(10_000, 20), "sshd listens");
    }

    private bool Answers()
    {
        using var client = new TcpClient();
        try
        {
            client.Connect(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private void MakeKey(string name)
    {
        using var make = Process.Start("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", Path.Combine(_folder, name)]);
        make.WaitForExit();
    }

    private void Know(string name) => File.WriteAllText(KnownHosts, string.Create(CultureInfo.InvariantCulture, $"[127.0.0.1]:{Port} {File.ReadAllText(Path.Combine(_folder, name + ".pub"))}"));

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
