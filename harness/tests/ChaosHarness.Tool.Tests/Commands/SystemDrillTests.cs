using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace ChaosHarness.Tool.Tests.Commands;

/// <summary>Drills, advice and discovery on a system that a file describes, by the program alone.</summary>
[Platform("Linux")]
public sealed class SystemDrillTests
{
    private string _folder = "";
    private int _service;

    private string File => Path.Combine(_folder, "system.yaml");

    private string Ledger => Path.Combine(_folder, "artifacts", "history", "ledger.db");

    [SetUp]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("system-drill-").FullName;
        Directory.CreateDirectory(Path.Combine(_folder, ".git"));
        _service = FreePort();
        var program = Path.Combine(AppContext.BaseDirectory.Replace(Path.Combine("harness", "tests", "ChaosHarness.Tool.Tests"), Path.Combine("fixtures", "Recommendations"), StringComparison.Ordinal), "Recommendations.dll");
        System.IO.File.WriteAllText(File, string.Create(CultureInfo.InvariantCulture, $"""
            system: recommendations
            environment: local
            components:
              - name: recommender
                run: [dotnet, {program}, --urls, "http://127.0.0.1:{_service}"]
                ready: http://127.0.0.1:{_service}/health/live
              - name: users
            links:
              - name: front
                from: users
                to: recommender
                listen: 127.0.0.1:{FreePort()}
                upstream: 127.0.0.1:{_service}
            probes:
              http: http://127.0.0.1:{_service}/recommendations?item=tea
              timeout: 500ms
            steady-state: {"{"} for: 500ms {"}"}
            objectives: {"{"} rto: 20s {"}"}
            faults: {"{"} length: 500ms {"}"}
            """));
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task A_drill_on_a_file_breaks_measures_records_and_prints_the_table()
    {
        var (exitCode, output, errors) = await ChaosProgram.RunAsync(_folder, "drill", "--system", File, "--only", "lose *", "--no-allure");

        Assert.That(exitCode, Is.Zero, output + errors);
        Assert.That(output, Does.Contain("1 experiment on recommendations in local, which will hit: recommender. To stop them: Ctrl-C, or chaos halt."));
        Assert.That(output, Does.Contain("1 of 1: lose recommender ...").And.Contain("Experiments: 1 of 1 passed."));
        Assert.That(Ledger, Does.Exist);
        Assert.That(Path.Combine(_folder, "artifacts", "report", "index.html"), Does.Exist);
        var journal = await System.IO.File.ReadAllTextAsync(Directory.EnumerateFiles(Path.Combine(_folder, "artifacts", "journals"), "*.journal.json").Single());
        Assert.That(journal, Does.Contain("\"crash recommender\"").And.Contain("\"Passed\""));
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        Assert.That(() => socket.Connect(IPAddress.Loopback, _service), Throws.InstanceOf<SocketException>(), "what the drill ran has ended");

        // The same run is evidence: the rest is lacking, and the most important of it comes first.
        (exitCode, output, errors) = await ChaosProgram.RunAsync(_folder, "advise", "--json", "--top", "3");
        Assert.That(exitCode, Is.Zero, errors);
        using var advice = JsonDocument.Parse(output);
        var items = advice.RootElement.GetProperty("advice").EnumerateArray().ToList();
        Assert.That(advice.RootElement.GetProperty("runs").GetInt32(), Is.EqualTo(1));
        Assert.That(items.Select(item => item.GetProperty("subject").GetString()), Is.EqualTo(new[] { "lose users", "slow front", "cut front" }));
        Assert.That(items[1].GetProperty("command").GetString(), Is.EqualTo("chaos drill --system system.yaml --only 'slow front'"));
        Assert.That(items[0].GetProperty("command").ValueKind, Is.EqualTo(JsonValueKind.Null), "the file does not say how");
    }

    [Test]
    public async Task The_experiments_are_listed_and_looked_at_without_breaking_anything()
    {
        var (exitCode, output, errors) = await ChaosProgram.RunAsync(_folder, "drill", "--system", File, "--list");
        Assert.That((exitCode, output.ReplaceLineEndings("\n")), Is.EqualTo((0, "lose recommender\nfreeze recommender\ncut front\nslow front\nrestart recommendations one by one\nNothing can be done to users: say how it is found (pid-file, process, unit, container), or the commands crash and start.\n")), errors);

        (exitCode, output, errors) = await ChaosProgram.RunAsync(_folder, "drill", "--system", File, "--dry-run");
        Assert.That(exitCode, Is.Zero, output + errors);
        Assert.That(output, Does.Contain("slow front: could be run").And.Contain("5 of 5 could be run. Nothing was broken."));
        Assert.That(Ledger, Does.Not.Exist);
    }

    [Test]
    public async Task An_environment_that_nobody_allowed_is_not_broken()
    {
        await System.IO.File.WriteAllTextAsync(File, (await System.IO.File.ReadAllTextAsync(File)).Replace("environment: local", "environment: staging", StringComparison.Ordinal));
        var (exitCode, output, errors) = await ChaosProgram.RunAsync(_folder, "drill", "--system", File, "--only", "lose *", "--dry-run");
        Assert.That(exitCode, Is.EqualTo(1), errors);
        Assert.That(output, Does.Contain("lose recommender: would not be run: environment 'staging' is not among the allowed ones: local"));

        (exitCode, _, errors) = await ChaosProgram.RunAsync(_folder, "drill", "--system", File, "--only", "lose *", "--dry-run", "--allow", "staging");
        Assert.That(exitCode, Is.Zero, errors);
    }

    [Test]
    public async Task Whatever_is_asked_for_wrongly_is_said_before_anything_starts()
    {
        Assert.That((await ChaosProgram.RunAsync(_folder, "drill", "--system", File, "--only", "loose *")).Errors, Does.StartWith("No experiment is like 'loose *'. There are: lose recommender, "));
        Assert.That((await ChaosProgram.RunAsync(_folder, "drill", "--only", "lose *")).Errors, Does.StartWith("--only is for a drill on a system that a file describes"));
        Assert.That((await ChaosProgram.RunAsync(_folder, "drill", "nightly", "--system", File)).Errors, Does.StartWith("'nightly' is a profile of tests, and --system runs none"));
        await System.IO.File.AppendAllTextAsync(File, "\nlimit: { targets: 1 }\n");
        var (exitCode, _, errors) = await ChaosProgram.RunAsync(_folder, "drill", "--system", File);
        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(errors, Does.Contain("describes no system: 1 mistake.").And.Contain("line 20, column 1: a system has no 'limit'; did you mean 'limits'?"));
    }

    [Test]
    public async Task Discovery_finds_a_service_that_runs_and_its_file_can_be_drilled_once_it_is_filled_in()
    {
        var program = Path.Combine(AppContext.BaseDirectory.Replace(Path.Combine("harness", "tests", "ChaosHarness.Tool.Tests"), Path.Combine("fixtures", "Recommendations"), StringComparison.Ordinal), "Recommendations.dll");
        using var service = System.Diagnostics.Process.Start("dotnet", [program, "--urls", $"http://127.0.0.1:{_service.ToString(CultureInfo.InvariantCulture)}"]);
        try
        {
            using var client = new HttpClient();
            for (var attempt = 0; attempt < 300 && !await IsThereAsync(client); attempt++)
            {
                await Task.Delay(100);
            }

            var (exitCode, output, errors) = await ChaosProgram.RunAsync(_folder, "discover", "--port", _service.ToString(CultureInfo.InvariantCulture), "--output", "found.yaml");

            Assert.That((exitCode, output), Is.EqualTo((0, "")), errors);
            Assert.That(errors, Does.Contain("Components found: 1; connections between them: 0."));
            var text = await System.IO.File.ReadAllTextAsync(Path.Combine(_folder, "found.yaml"));
            Assert.That(text, Does.Contain("- name: recommendations").And.Contain($"ready: 127.0.0.1:{_service}"));
            Assert.That((await ChaosProgram.RunAsync(_folder, "drill", "--system", "found.yaml", "--dry-run", "--allow", "unknown")).Output, Does.Contain("there is no program 'FILL-IN-what-starts-it' here"));
            Assert.That((await ChaosProgram.RunAsync(_folder, "discover", "--output", "found.yaml")).ExitCode, Is.EqualTo(2), "it is somebody's work by now");
        }
        finally
        {
            service.Kill();
            await service.WaitForExitAsync();
        }
    }

    private async Task<bool> IsThereAsync(HttpClient client)
    {
        try
        {
            return (await client.GetAsync(new Uri($"http://127.0.0.1:{_service}/health/live"))).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
