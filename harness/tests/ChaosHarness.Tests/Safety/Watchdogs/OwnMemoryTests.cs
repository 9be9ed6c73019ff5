using ChaosHarness.Safety.Watchdogs;

namespace ChaosHarness.Tests.Safety.Watchdogs;

public sealed class OwnMemoryTests
{
    private string _root = null!;

    [SetUp]
    public void Create() => _root = Directory.CreateTempSubdirectory("groups-").FullName;

    [TearDown]
    public void Delete() => Directory.Delete(_root, recursive: true);

    [Test]
    public void A_group_that_is_killed_as_a_whole_is_left_for_one_beside_it()
    {
        Group("jobs/job/step", isKilledTogether: false);
        Group("jobs/job", isKilledTogether: true);
        Group("jobs", isKilledTogether: false);

        OwnMemory.Leave(["0::/jobs/job/step"], _root, 4711);

        Assert.That(Members("jobs/chaosharness-watchdogs"), Is.EqualTo("4711"));
    }

    [Test]
    public void Of_several_the_outermost_is_left()
    {
        Group("a/b/c", isKilledTogether: true);
        Group("a/b", isKilledTogether: false);
        Group("a", isKilledTogether: true);

        OwnMemory.Leave(["0::/a/b/c"], _root, 4711);

        Assert.That(Members("chaosharness-watchdogs"), Is.EqualTo("4711"));
    }

    [TestCase("0::/jobs")]
    [TestCase("0::/")]
    [TestCase("3:cpu,cpuacct:/jobs")]
    [TestCase("nonsense")]
    [TestCase("")]
    public void Elsewhere_it_stays_where_it_is(string line)
    {
        Group("jobs", isKilledTogether: false);

        OwnMemory.Leave([line], _root, 4711);

        Assert.That(Directory.EnumerateFiles(_root, "cgroup.procs", SearchOption.AllDirectories), Is.Empty);
    }

    [Test]
    public void Under_a_limit_of_the_first_kind_it_joins_the_group_above()
    {
        Group("memory/jobs/job", isKilledTogether: false);

        OwnMemory.Leave(["4:memory:/jobs/job", "2:cpu:/elsewhere"], _root, 4711);

        Assert.That(Members("memory/jobs"), Is.EqualTo("4711"));
    }

    private void Group(string path, bool isKilledTogether)
    {
        Directory.CreateDirectory(Path.Combine(_root, path));
        File.WriteAllText(Path.Combine(_root, path, "memory.oom.group"), isKilledTogether ? "1\n" : "0\n");
    }

    private string Members(string path) => File.ReadAllText(Path.Combine(_root, path, "cgroup.procs"));
}
