using System.Globalization;

namespace ChaosHarness.Tests.Faults.Hosts;

/// <summary>A control group of version 1 with one process, where this machine has such groups and lets tests make one.</summary>
internal sealed class TestGroup : IDisposable
{
    private readonly string _root;
    private readonly string _folder;
    private readonly int _process;

    public TestGroup(string controller, int process)
    {
        (_root, _process) = ($"/sys/fs/cgroup/{controller}", process);
        _folder = $"{_root}/chaosharness-test-{Guid.NewGuid():N}";
        try
        {
            if (!File.Exists($"{_root}/cgroup.procs"))
            {
                Assert.Ignore($"There are no control groups of version 1 for {controller} here.");
            }

            Directory.CreateDirectory(_folder);
            File.WriteAllText($"{_folder}/cgroup.procs", process.ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Assert.Ignore($"Control groups cannot be made here: {exception.Message}");
        }
    }

    public string Read(string file) => File.ReadAllText($"{_folder}/{file}").Trim();

    public void Write(string file, string text) => File.WriteAllText($"{_folder}/{file}", text);

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            File.WriteAllText($"{_root}/cgroup.procs", _process.ToString(CultureInfo.InvariantCulture));
            Directory.Delete(_folder);
        }
    }
}
