using System.Globalization;

namespace ChaosHarness.Fixtures.Tests;

/// <summary>A control group with little memory, of either version. Only who may make one has one; for others the test is ignored.</summary>
internal sealed class MemoryGroup : IDisposable
{
    private const string Unified = "/sys/fs/cgroup/cgroup.controllers";
    private readonly string _path;

    private MemoryGroup(string path) => _path = path;

    /// <summary>What has a command run in it.</summary>
    public IReadOnlyList<string> Join => ["sh", "-c", $"echo $$ > '{_path}/cgroup.procs' && exec \"$0\" \"$@\""];

    public static MemoryGroup Create(int megabytes)
    {
        var isUnified = File.Exists(Unified);
        var path = Path.Combine(isUnified ? "/sys/fs/cgroup" : "/sys/fs/cgroup/memory", "chaosharness-test-" + Guid.NewGuid().ToString("N"));
        var limit = (megabytes * 1024L * 1024).ToString(CultureInfo.InvariantCulture);
        try
        {
            Directory.CreateDirectory(path);
            File.WriteAllText(Path.Combine(path, isUnified ? "memory.max" : "memory.limit_in_bytes"), limit);
            if (isUnified)
            {
                File.WriteAllText(Path.Combine(path, "memory.oom.group"), "1");
                File.WriteAllText(Path.Combine(path, "memory.swap.max"), "0");
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Assert.Ignore($"This user may not make a control group: {exception.Message}");
        }

        return new MemoryGroup(path);
    }

    public void Dispose()
    {
        try
        {
            // Its files are the kernel's: only the folder itself is removed.
            Directory.Delete(_path);
        }
        catch (IOException)
        {
            // Somebody is still ending in it.
        }
    }
}
