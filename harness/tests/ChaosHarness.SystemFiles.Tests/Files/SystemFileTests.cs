using ChaosHarness.Sweeps;
using ChaosHarness.SystemFiles.Sections;
using ChaosHarness.Systems;

namespace ChaosHarness.SystemFiles.Tests.Files;

public sealed class SystemFileTests
{
    private const string Whole = """
        system: shop
        environment: local
        components:
          - name: web
            pid-file: web.pid
            start: [true]
        probes:
          http: http://127.0.0.1:8080/health
        """;

    [Test]
    public void The_sample_is_a_system_of_thirty_lines_with_every_generic_experiment()
    {
        var file = SystemFile.Read(Repository.Sample);

        Assert.That(File.ReadLines(Repository.Sample).Count(), Is.LessThanOrEqualTo(30));
        Assert.That((file.Name, file.Environment, file.MaximumTargets, file.MaximumTargetShare), Is.EqualTo(("shop", "local", 4, 0.7)));
        Assert.That(file.AllCases.Select(one => one.ToString()), Is.EqualTo(new[]
        {
            "lose database", "lose orders-a", "lose orders-b", "lose front", "freeze database", "freeze orders-a", "freeze orders-b", "freeze front", "lose zone a", "lose zone b",
            "cut orders-a to database", "cut orders-b to database", "slow orders-a to database", "slow orders-b to database", "restart shop one by one",
        }));
        Assert.That(SystemFile.Cases(Repository.Sample), Is.EqualTo(file.AllowedCases));
    }

    [Test]
    public void One_component_is_a_system()
    {
        var file = SystemFile.Parse(Whole);

        Assert.That(file.Components, Is.EqualTo(new[] { new Component("web", ComponentKind.Service) }));
        Assert.That(file.AllowedCases, Is.EqualTo(new[] { new SweepCase(SweepKind.LoseComponent, "web"), new SweepCase(SweepKind.FreezeComponent, "web"), new SweepCase(SweepKind.RestartOneByOne, "shop") }));
    }

    [TestCase("", "line 1, column 1: the file is empty; it begins with system: and a name.")]
    [TestCase("# nothing\n", "line 1, column 1: the file is empty; it begins with system: and a name.")]
    [TestCase("~", "line 1, column 1: the file is empty; it begins with system: and a name.")]
    [TestCase("- a\n- b", "line 1, column 1: a list stands where a system belongs")]
    [TestCase("system: shop\n\tenvironment: local", "line 2, column 1: the line is indented with a tab, which YAML does not allow; use blanks.")]
    [TestCase("system: [shop", "this is no YAML")]
    [TestCase("limits: { targets: 4 }*a\n", "this is no YAML")]
    public void What_is_no_system_says_what_it_is(string text, string mistake) => Assert.That(Mistakes(text), Has.Some.Contains(mistake));

    [Test]
    public void Every_mistake_is_named_at_once_with_its_line_and_column() =>
        Assert.That(Mistakes("""
            system: shop
            enviroment: local
            components:
              - name: web
                kind: servise
                pid-file: web.pid
              - name: web
                run: ./web
              - run: "'./web"
            links:
              - { from: wev, to: web, listen: 127.0.0.1:80000, upstream: 127.0.0.1:80 }
              - { from: web, to: web }
            writes:
              per-second: many
              timeout: 2 fortnights
              http: { body: x }
            objectives:
              rto: soon
              rpo: 0 writes
            limits: { targets: 0 }
            limits: { targets: 3 }
            """), Is.EqualTo(new[]
            {
                "line 1, column 1: 'environment' of this system is missing: Where it runs, such as local or staging: what may be broken is decided by it.",
                "line 2, column 1: a system has no 'enviroment'; did you mean 'environment'?",
                "line 4, column 5: 'start' of this component is missing: nothing would bring it back. Name the program that does, such as [systemctl, start, orders].",
                "line 5, column 11: 'servise' is none of service, database, cache, load-balancer, control; did you mean 'service'?",
                "line 7, column 11: there is a component or link 'web' already, in line 4; give this one another name.",
                "line 9, column 5: 'name' of this component is missing: What it is called; unique in the file.",
                "line 9, column 10: a quotation mark is not closed where a program and its arguments belong, such as [systemctl, start, orders].",
                "line 11, column 13: there is no component 'wev'; did you mean 'web'?",
                "line 11, column 35: '127.0.0.1:80000' is no host and port, such as 127.0.0.1:5432.",
                "line 12, column 5: the link runs through no proxy: give it listen and upstream, or the toxiproxy that has it.",
                "line 14, column 15: 'many' is no number from 0.01 to 10000.",
                "line 15, column 12: '2 fortnights' is no duration from 1ms to 5m, such as 2s.",
                "line 16, column 9: writes over http need either post or put, an address.",
                "line 18, column 8: 'soon' is no duration from 0s to 24h, such as 10s.",
                "line 19, column 8: nobody could tell what was lost: every writes needs a read-back.",
                "line 20, column 20: '0' is no whole number from 1 to 1000.",
                "line 21, column 1: 'limits' stands here already, in line 20; keep one of them.",
            }));

    [TestCase("host: web-1.example", "line 5, column 11: 'web-1.example' is no host: write local, ssh:user@name for another machine, or container:name for the inside of a container.")]
    [TestCase("host: ssh:-oProxyCommand=x", "line 5, column 11: 'ssh:-oProxyCommand=x' is no host")]
    [TestCase("host: ssh:web-1:port", "line 5, column 11: 'ssh:web-1:port' is no host")]
    [TestCase("host: ssh:a b", "line 5, column 11: 'ssh:a b' is no host")]
    [TestCase("host: 'container:'", "line 5, column 11: 'container:' is no host")]
    [TestCase("compose: { project: shop }", "line 5, column 14: 'service' of this compose is missing")]
    [TestCase("compose: { project: shop, service: web, number: 0 }", "line 5, column 53: '0' is no whole number from 1 to 1000.")]
    [TestCase("container: web", "line 5, column 16: it is found by 'pid-file' already")]
    [TestCase("process: web", "line 5, column 14: it is found by 'pid-file' already; keep one of pid-file, process.")]
    [TestCase("freeze: [f]", "line 5, column 13: 'thaw' is missing: nothing would let it go on.")]
    [TestCase("thaw: [f]", "line 5, column 11: 'thaw' undoes freeze, and there is no freeze.")]
    [TestCase("look: [l]", "line 5, column 11: 'look' is asked before crash, stop and freeze, and there is none of them.")]
    [TestCase("user: web", "line 5, column 11: 'user' says how run starts it, and there is no run.")]
    [TestCase("zone: [a]", "line 5, column 11: a list stands where a name belongs, such as orders-a.")]
    [TestCase("zone: &a b", "line 5, column 11: anchors and aliases (& and *) are not read")]
    [TestCase("zone: !!str b", "line 5, column 11: tags such as tag:yaml.org,2002:str are not read; leave it out.")]
    [TestCase("ready: nowhere", "line 5, column 12: 'nowhere' is no host and port, such as 127.0.0.1:5432.")]
    [TestCase("ready: http://", "line 5, column 12: 'http://' is no address of http or https")]
    public void A_component_that_cannot_be_is_told_where_it_stands(string line, string mistake) =>
        Assert.That(Mistakes(Whole.Replace("    pid-file:", $"    {line}\n    pid-file:", StringComparison.Ordinal)), Has.Some.Contains(mistake));

    [TestCase("run: ./web", "line 6, column 10: 'run' is for this machine, and the host is ssh:root@web-1")]
    [TestCase("container: web", "line 6, column 16: 'container' is for this machine")]
    [TestCase("command-line: web", "line 6, column 19: 'command-line' is for this machine")]
    [TestCase("compose: { project: shop, service: web }", "line 6, column 14: 'compose' is for this machine")]
    [TestCase("unit: web\n    start: [web-ctl]", "line 7, column 12: a unit of another host is started by its systemd; leave 'start' out.")]
    [TestCase("unit: web\n    ready: 127.0.0.1:80", "line 7, column 12: on ssh:root@web-1 'ready' is a program there that ends with 0, as a list")]
    public void What_cannot_be_on_another_host_is_told_where_it_stands(string line, string mistake) => Assert.That(
        Mistakes($"system: shop\nenvironment: local\ncomponents:\n  - name: web\n    host: ssh:root@web-1\n    {line}\nprobes: {{ tcp: 127.0.0.1:80 }}"),
        Has.Some.Contains(mistake));

    [TestCase("ssh:web-1", "ssh", "web-1", null, null)]
    [TestCase("ssh:root@web-1.example:2222", "ssh", "web-1.example", "root", 2222)]
    [TestCase("container:shop-db-1", "container", "shop-db-1", null, null)]
    public void A_host_is_named_as_for_the_command_that_reaches_it(string text, string kind, string name, string? user, int? port)
    {
        var host = HostReference.Parse(text);

        Assert.That((host.Kind.ToString().ToLowerInvariant(), host.Name, host.User, host.Port, host.ToString()), Is.EqualTo((kind, name, user, port, text)));
    }

    [Test]
    public void A_system_with_a_part_on_another_machine_is_reached_by_others_too()
    {
        var text = Whole.Replace("    pid-file:", "    host: ssh:web-1\n    pid-file:", StringComparison.Ordinal);

        Assert.That(SystemFile.Parse(text).Plan.Reach, Is.EqualTo(SystemReach.Shared));
        Assert.That(SystemFile.Parse(text + "\nreach: machine").Plan.Reach, Is.EqualTo(SystemReach.Machine));
    }

    [Test]
    public void A_probe_has_a_host_for_its_command_alone() =>
        Assert.That(Mistakes(Whole + "\n  host: ssh:web-1"), Has.Some.Contains("line 9, column 9: 'host' says where command is run, and there is no command."));

    [Test]
    public void Nobody_may_own_what_others_started() =>
        Assert.That(Mistakes(Whole + "\nreach: owned"), Has.Some.Contains("line 9, column 8: a system is owned by a drill where the harness runs every component of it"));

    [Test]
    public void A_variable_that_is_not_set_is_named_and_one_that_is_never_shown()
    {
        var missing = Mistakes(Whole + "\nwrites: { sql: { connect: 'Host=db;Password=${CHAOS_NO_SUCH}', write: insert } }");
        Assert.That(missing, Has.Some.Contains("the environment has no variable CHAOS_NO_SUCH; set it"));

        Assert.That(Mistakes(Whole + "\nwrites: { sql: { connect: x, write: y }, http: 'Password=hunter2' }"), Has.None.Contains("hunter2"));
    }

    [Test]
    public void Aliases_that_would_grow_are_refused_before_they_do()
    {
        var bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + string.Concat(Enumerable.Range(0, 8).Select(level => $"b{level}: &b{level} [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n"));
        Assert.That(Mistakes(bomb), Has.Some.Contains("anchors and aliases"));

        Assert.That(Mistakes("system: " + new string('[', 100_000)), Has.Some.Contains("more than 12 levels deep"));
        Assert.That(Mistakes("components: [" + string.Concat(Enumerable.Repeat("x,", 300_000)) + "]"), Has.Some.Contains("more than 200000 values"));
    }

    [Test]
    public void A_huge_file_is_refused_with_the_limit()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("system-file-").FullName, "system.yaml");
        File.WriteAllText(path, Whole + "\n#" + new string('x', 10 << 20));
        try
        {
            Assert.That(() => SystemFile.Read(path), Throws.TypeOf<SystemFileException>().With.Message.EndsWith("line 1, column 1: the file is larger than 4 MB, which is the most that is read."));
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }

        Assert.That(() => SystemFile.Read("no/such.yaml"), Throws.TypeOf<FileNotFoundException>().With.Message.Contains("chaos discover"));
    }

    [Test]
    public void A_megabyte_is_read_in_seconds()
    {
        var text = Whole.Replace("probes:", string.Concat(Enumerable.Range(0, 15_000).Select(number => $"  - {{ name: web-{number}, zone: zone-{number % 7}, process: web-{number}, start: [true] }}\n")) + "probes:", StringComparison.Ordinal);
        var since = TimeProvider.System.GetTimestamp();
        var file = SystemFile.Parse(text);
        TestContext.Out.WriteLine($"{text.Length} characters in {TimeProvider.System.GetElapsedTime(since).TotalMilliseconds:0} ms");

        Assert.That((file.Components.Count, text.Length), Is.EqualTo((15_001, text.Length)));
        Assert.That(text, Has.Length.GreaterThan(1_000_000));
        Assert.That(TimeProvider.System.GetElapsedTime(since), Is.LessThan(TimeSpan.FromSeconds(30)));
    }

    [Test]
    public void More_mistakes_than_anybody_reads_are_counted()
    {
        var message = Assert.Throws<SystemFileException>(() => SystemFile.Parse(string.Concat(Enumerable.Range(0, 500).Select(number => $"unknown{number}: x\n"))))!.Message;

        Assert.That(message, Does.StartWith("system.yaml describes no system: 504 mistakes.").And.EndsWith("and 454 more"));
    }

    [Test]
    public void What_would_hit_too_much_is_beyond_the_limits_and_says_what_would_allow_it()
    {
        var file = SystemFile.Parse(Whole.Replace("probes:", "  - { name: db, process: postgres, start: [true] }\nprobes:", StringComparison.Ordinal));
        var rolling = new SweepCase(SweepKind.RestartOneByOne, "shop");

        Assert.That(file.AllCases, Does.Contain(rolling));
        Assert.That(file.AllowedCases, Does.Not.Contain(rolling));
        Assert.That(file.WhyBeyond(rolling), Is.EqualTo("it may hit 2 of 2, and the limits are 5 and 50%; to allow it: limits: { targets: 5, share: 100% }"));
    }

    [Test]
    public void A_part_without_anything_to_do_to_it_is_named()
    {
        var file = SystemFile.Parse(Whole.Replace("probes:", "  - name: payments\nprobes:", StringComparison.Ordinal));

        Assert.That(file.Untouched, Is.EqualTo(new[] { "payments" }));
    }

    private static IEnumerable<string> Mistakes(string text) =>
        Assert.Throws<SystemFileException>(() => SystemFile.Parse(text))!.Mistakes.Select(mistake => mistake.ToString());
}
