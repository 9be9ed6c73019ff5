using System.Diagnostics;
using System.Globalization;
using ChaosHarness.Faults.Processes;
using ChaosHarness.SystemFiles.Machine;
using ChaosHarness.SystemFiles.Parts;
using ChaosHarness.Systems;

namespace ChaosHarness.SystemFiles.Tests.Machine;

[Platform("Linux")]
public sealed class ProcessSearchTests
{
    private readonly List<Process> _started = [];

    [TearDown]
    public void End()
    {
        foreach (var process in _started)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
        }

        _started.Clear();
    }

    [Test]
    public void A_process_is_found_by_its_command_line_and_several_are_none()
    {
        var text = $"sleep {Random.Shared.Next(10_000, 99_999)}.5";
        var search = ProcessSearch.ByCommandLine(text);
        Assert.That((search.Find(), search.WhyNotFound()), Is.EqualTo(((int?)null, $"there is no process with '{text}' in its command line; start it first")));

        var first = Start(text);
        Assert.That((search.Find(), search.WhyNotFound()), Is.EqualTo(((int?)first, (string?)null)));

        var second = Start(text);
        Assert.That(search.Find(), Is.Null);
        Assert.That(search.WhyNotFound(), Is.EqualTo(string.Create(CultureInfo.InvariantCulture, $"there are 2 of a process with '{text}' in its command line: {Math.Min(first, second)}, {Math.Max(first, second)}; say more of it by command-line, or name its pid-file")));
    }

    [Test]
    public void Whoever_looks_is_never_found() =>
        Assert.That(ProcessSearch.ByProgram(Path.GetFileName(Environment.ProcessPath!)).Find(), Is.Not.EqualTo(Environment.ProcessId));

    [Test]
    public void A_unit_is_found_by_the_group_that_its_process_is_in()
    {
        var proc = Directory.CreateTempSubdirectory("proc-").FullName;
        Fake(proc, 1, 0, "systemd", "0::/init.scope");
        Fake(proc, 70, 1, "redis (server)", "12:cpu:/\n1:name=systemd:/system.slice/redis.service");
        Fake(proc, 71, 70, "redis (child)", "1:name=systemd:/system.slice/redis.service");
        Fake(proc, 80, 1, "web", "0::/system.slice/web.service");
        var search = ProcessSearch.ByUnit("redis") with { Table = new ProcessTable(proc) };

        Assert.That(search.Find(), Is.EqualTo(70));
        Assert.That((ProcessSearch.ByUnit("web.service") with { Table = new ProcessTable(proc) }).Find(), Is.EqualTo(80));
        Assert.That((search with { Table = new ProcessTable("/no/such") }).WhyNotFound(), Does.Contain("name a pid-file"));
        Directory.Delete(proc, recursive: true);
    }

    [Test]
    public async Task What_was_started_again_is_waited_for_until_it_is_ready()
    {
        var text = $"sleep {Random.Shared.Next(10_000, 99_999)}.25";
        Start(text);
        var search = ProcessSearch.ByCommandLine(text);
        var component = new FoundProcess(new ExternalProcess(new Component("sleeper", ComponentKind.Service), search.Find, "true", []), search, new ReadyAfter(3));

        Assert.That(await component.WhyNotReadyAsync(default), Is.EqualTo("sleeper runs and is not ready: 2 more"));
        await component.RestoreAsync(default);
        Assert.That(await component.WhyNotReadyAsync(default), Is.Null);
    }

    private int Start(string text)
    {
        var process = Process.Start("sleep", text.Split(' ')[1]);
        _started.Add(process);
        return process.Id;
    }

    private static void Fake(string proc, int id, int parent, string name, string groups)
    {
        var folder = Directory.CreateDirectory(Path.Combine(proc, id.ToString(CultureInfo.InvariantCulture))).FullName;
        File.WriteAllText(Path.Combine(folder, "stat"), string.Create(CultureInfo.InvariantCulture, $"{id} ({name}) S {parent} 0 0"));
        File.WriteAllText(Path.Combine(folder, "cmdline"), name + "\0");
        File.WriteAllText(Path.Combine(folder, "cgroup"), groups + "\n");
    }

    private sealed class ReadyAfter(int looks) : IReadiness
    {
        private int _left = looks;

        public ValueTask<string?> WhyNotAsync(CancellationToken cancellationToken) => ValueTask.FromResult(--_left > 0 ? $"{_left} more" : null);
    }
}
