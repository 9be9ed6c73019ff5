using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace ChaosHarness.Packages.Tests;

/// <summary>The template as a team uses it: instantiated outside of this repository, pointed at a small service, and run.</summary>
public sealed class TemplateTests
{
    // Takes orders, keeps them on disk, and dies like any process.
    private const string Service = """
        import http.server, json, os, sys
        port, file = int(sys.argv[1]), sys.argv[2]
        open(file + '.pid', 'w').write(str(os.getpid()))
        class Orders(http.server.BaseHTTPRequestHandler):
            protocol_version = 'HTTP/1.1'
            def answer(self, body):
                self.send_response(200)
                self.send_header('Content-Length', str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            def do_GET(self):
                self.answer(json.dumps([json.loads(line)['id'] for line in open(file)] if self.path.endswith('ids') else 'hello').encode())
            def do_POST(self):
                order = self.rfile.read(int(self.headers['Content-Length']))
                with open(file, 'ab') as orders:
                    orders.write(order + b'\n')
                    orders.flush()
                    os.fsync(orders.fileno())
                self.answer(b'{}')
            def log_message(self, *ignored):
                pass
        open(file, 'a').close()
        http.server.ThreadingHTTPServer(('127.0.0.1', port), Orders).serve_forever()
        """;

    private static Feed Feed => Packed.Feed;

    [OneTimeSetUp]
    public Task Install() => Feed.DotnetAsync(Feed.Root, "new", "install", Feed.Files["ChaosHarness.Templates"]);

    [TestCase("none")]
    [TestCase("github", ".github/workflows/recovery.yml")]
    [TestCase("gitlab", ".gitlab-ci.yml")]
    [TestCase("azure", "azure-pipelines.yml")]
    public async Task A_pipeline_is_made_where_one_is_asked_for(string ci, params string[] files)
    {
        var folder = Path.Combine(Feed.Root, "with-" + ci);
        await Feed.DotnetAsync(Feed.Root, "new", "chaos", "--output", folder, "--ci", ci, "--no-restore");

        string[] pipelines = [".github/workflows/recovery.yml", ".gitlab-ci.yml", "azure-pipelines.yml"];
        Assert.That(pipelines.Where(file => File.Exists(Path.Combine(folder, file))), Is.EqualTo(files));
        Assert.That(Directory.EnumerateFiles(folder).Select(Path.GetFileName), Does.Contain($"with-{ci}.csproj").And.Contain("README.md"));
    }

    [Test]
    public void It_refers_to_the_packages_that_it_came_with()
    {
        var project = Feed.Read(Feed.Files["ChaosHarness.Templates"], "ChaosTests.csproj")["content/chaos/ChaosTests.csproj"];

        var versions = Regex.Matches(project, "Include=\"ChaosHarness[^\"]*\" Version=\"([^\"]*)\"").Select(match => match.Groups[1].Value).ToList();
        Assert.That(versions, Has.Count.EqualTo(6).And.All.EqualTo(Feed.Version));
    }

    [Test, Platform("Linux")]
    public async Task A_first_recovery_is_measured_after_ten_changed_lines_at_most()
    {
        var folder = Path.Combine(Feed.Root, "Drills");
        await Feed.DotnetAsync(Feed.Root, "new", "chaos", "--output", folder, "--no-restore");
        var (port, orders) = (FreePort(), Path.Combine(Feed.Root, "orders"));
        await File.WriteAllTextAsync(Path.Combine(Feed.Root, "service.py"), Service);
        var start = $"cd '{Feed.Root}' && setsid python3 service.py {port.ToString(CultureInfo.InvariantCulture)} {orders} >/dev/null 2>&1 & sleep 0.3";
        await Bash(start);
        try
        {
            var system = Path.Combine(folder, "TheSystem.cs");
            var before = await File.ReadAllLinesAsync(system);
            var text = string.Join('\n', before)
                .Replace("http://127.0.0.1:5000/", $"http://127.0.0.1:{port}/", StringComparison.Ordinal)
                .Replace("/run/my-service.pid", orders + ".pid", StringComparison.Ordinal)
                .Replace("""["systemctl", "start", "my-service"]""", $"""["sh", "-c", "{start}"]""", StringComparison.Ordinal);
            await File.WriteAllTextAsync(system, text);
            Assert.That(before.Zip(text.Split('\n')).Count(pair => pair.First != pair.Second), Is.InRange(1, 10));

            var said = await Feed.DotnetAsync(folder, "test", "--settings", "runsettings/nightly.runsettings", "--logger", "console;verbosity=normal");

            Assert.That(said, Does.Contain("Experiments: 4 passed."));
            Assert.That(said, Does.Match(@"met +recovered within 10s: \d+(\.\d+)?m?s\.\.\d"));
            Assert.That(said, Does.Match(@"met +at most 0 writes lost: 0 of \d+|met +.*0 of \d+ writes"));
        }
        finally
        {
            await Bash($"kill -9 $(cat {orders}.pid)");
        }
    }

    private static async Task Bash(string command)
    {
        using var process = Process.Start("bash", ["-c", command]);
        await process.WaitForExitAsync();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
