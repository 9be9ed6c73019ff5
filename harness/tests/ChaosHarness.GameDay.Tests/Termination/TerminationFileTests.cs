using ChaosHarness.GameDay.Calendars;
using ChaosHarness.GameDay.Termination;
using ChaosHarness.GameDay.Termination.Files;

namespace ChaosHarness.GameDay.Tests.Termination;

public sealed class TerminationFileTests
{
    private const string Whole = """
        enabled: true
        leashed: false
        environment: staging
        seed: 4711
        hours: Mon-Fri 09:00-15:00 Europe/Berlin
        freezes: freezes.ics
        outage:
          url: http://status.internal/health
          status: [200, 204]
          timeout: 2s
        except:
          groups: [payments]
          instances: ["db-*"]
        groups:
          - name: checkout
            mean-days: 5
            minimum-days: 2
            instances: [checkout-1, checkout-2]
            terminate: [docker, kill, "{instance}"]
            restore: [docker, start, "{instance}"]
            look: [./there.sh, "{instance}"]
            health: { command: [curl, -f, "http://checkout/health"] }
            every: 500ms
            rto: 30s
          - name: web
            mean-days: 2.5
            instances-from: [./list.sh]
            terminate: [./kill.sh, "--name={instance}"]
            heals-itself: true
        """;

    private static readonly string Folder = Path.GetFullPath("/etc/chaos");

    [Test]
    public void Everything_in_it_is_read()
    {
        var settings = TerminationFile.Parse(Whole, "monkey.yaml", Folder);

        Assert.That((settings.IsEnabled, settings.IsLeashed, settings.Environment, settings.Seed), Is.EqualTo((true, false, "staging", 4711L)));
        Assert.That((settings.Hours, settings.Freezes!.Name), Is.EqualTo((WorkingHours.Parse("Mon-Fri 09:00-15:00 Europe/Berlin"), Path.Combine(Folder, "freezes.ics"))));
        var outage = (HttpCheck)settings.Outage;
        Assert.That((outage.Address.ToString(), outage.Patience.TotalSeconds), Is.EqualTo(("http://status.internal/health", 2)));
        Assert.That(outage.Statuses, Is.EqualTo(new[] { 200, 204 }));
        Assert.That((settings.ExceptedGroups.Match("payments"), settings.ExceptedInstances.Match("db-1")), Is.EqualTo((true, true)));
        var (checkout, web) = (settings.Groups[0], settings.Groups[1]);
        Assert.That((checkout.Name, checkout.MeanDays, checkout.MinimumDays, checkout.Every.TotalMilliseconds, checkout.Rto!.Value.TotalSeconds), Is.EqualTo(("checkout", 5.0, 2, 500.0, 30.0)));
        Assert.That(checkout.Terminate, Is.EqualTo(new[] { "docker", "kill", "{instance}" }));
        Assert.That(TerminationGroup.For("checkout-2", checkout.Restore!), Is.EqualTo(new[] { "docker", "start", "checkout-2" }));
        Assert.That(checkout.Look, Is.EqualTo(new[] { Path.Combine(Folder, "there.sh"), "{instance}" }));
        Assert.That(((CommandCheck)checkout.Health!).Call, Is.EqualTo(new[] { "curl", "-f", "http://checkout/health" }));
        Assert.That((web.MeanDays, web.MinimumDays, web.Restore, web.Instances), Is.EqualTo((2.5, 1, (object?)null, (object?)null)));
        Assert.That(web.InstancesFrom, Is.EqualTo(new[] { Path.Combine(Folder, "list.sh") }));
        Assert.That(TerminationGroup.For("w 1", web.Terminate), Is.EqualTo(new[] { Path.Combine(Folder, "kill.sh"), "--name=w 1" }));
    }

    [Test]
    public void The_example_of_the_documentation_is_one()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "docs", "game-days.md")))
        {
            folder = folder.Parent!;
        }

        var example = File.ReadAllText(Path.Combine(folder.FullName, "docs", "game-days.md")).Split("```yaml")[1].Split("```")[0];

        var settings = TerminationFile.Parse(example, "game-days.md", Folder);
        Assert.That((settings.IsLeashed, settings.Groups.Single().Name, TerminationPlan.Likelihood(settings.Groups[0])), Is.EqualTo((true, "checkout", 0.25)));
    }

    [Test]
    public void What_is_not_said_is_leashed_and_on()
    {
        var settings = TerminationFile.Parse(Whole.Replace("enabled: true\nleashed: false\n", "", StringComparison.Ordinal), "monkey.yaml", Folder);

        Assert.That((settings.IsEnabled, settings.IsLeashed), Is.EqualTo((true, true)));
    }

    [TestCase("leashed: false", "leashd: false", "monkey.yaml, line 2: There is no word 'leashd'.")]
    [TestCase("leashed: false", "leashed: perhaps", "monkey.yaml, line 2: the value is not of the form that belongs here")]
    [TestCase("leashed: false", "leashed: false\nleashed: true", "monkey.yaml, line 3: Encountered duplicate key leashed")]
    [TestCase("    minimum-days: 2", "    minimum-days: two", "monkey.yaml, line 17: the value is not of the form that belongs here")]
    [TestCase("[docker, kill, \"{instance}\"]", "[docker, kill, {instance}]", "monkey.yaml, line 19: a text belongs here; {instance} has to be in quotation marks.")]
    [TestCase("groups: [payments]", "groups: [payments", "monkey.yaml, line ")]
    [TestCase("environment: staging\n", "", "monkey.yaml: environment is missing")]
    [TestCase("hours: Mon-Fri 09:00-15:00 Europe/Berlin\n", "", "monkey.yaml: hours is missing")]
    [TestCase("hours: Mon-Fri 09:00-15:00 Europe/Berlin", "hours: always", "monkey.yaml: hours (line 5): 'always' are no hours: ")]
    [TestCase("outage:\n  url: http://status.internal/health\n  status: [200, 204]\n  timeout: 2s\n", "", "monkey.yaml: outage is missing")]
    [TestCase("url: http://status.internal/health", "url: status.internal", "monkey.yaml: outage (line 7): 'status.internal' is no address of http or https.")]
    [TestCase("timeout: 2s", "timeout: 2", "monkey.yaml: outage (line 7): timeout is '2', but must be a duration from 50ms to 25s.")]
    [TestCase("timeout: 2s", "command: [true]", "monkey.yaml: outage (line 7) needs either a url or a command.")]
    [TestCase("name: web", "name: checkout", "monkey.yaml: There are 2 groups with the name 'checkout'.")]
    [TestCase("name: web", "name: ''", "monkey.yaml: Group 2 (line 25) has no name.")]
    [TestCase("mean-days: 5", "mean-days: 1.5", "monkey.yaml: Group 'checkout' (line 15): mean-days is missing, or less than minimum-days")]
    [TestCase("mean-days: 2.5", "enabled: true", "monkey.yaml: Group 'web' (line 25): mean-days is missing")]
    [TestCase("mean-days: 2.5", "mean-days: .nan", "monkey.yaml: Group 'web' (line 25): mean-days is missing")]
    [TestCase("minimum-days: 2", "minimum-days: 0", "monkey.yaml: Group 'checkout' (line 15): minimum-days has to be 1")]
    [TestCase("instances: [checkout-1, checkout-2]", "instances: []", "monkey.yaml: Group 'checkout' (line 15) needs either instances")]
    [TestCase("instances: [checkout-1, checkout-2]", "instances: [checkout-1, '']", "monkey.yaml: Group 'checkout' (line 15): one of its instances has no name.")]
    [TestCase("[docker, kill, \"{instance}\"]", "[docker, kill, everything]", "monkey.yaml: Group 'checkout' (line 15): terminate is missing, a program and its arguments with \"{instance}\" in one of them.")]
    [TestCase("heals-itself: true", "enabled: true", "monkey.yaml: Group 'web' (line 25) needs either restore")]
    [TestCase("[docker, start, \"{instance}\"]", "[docker, start]", "monkey.yaml: Group 'checkout' (line 15): restore has no \"{instance}\" in it.")]
    [TestCase("every: 500ms", "every: 0s", "monkey.yaml: Group 'checkout' (line 15): every is '0s', but must be a duration from 50ms to 60s.")]
    [TestCase("rto: 30s", "rto: soon", "monkey.yaml: Group 'checkout' (line 15): rto is 'soon'")]
    public void A_mistake_is_named_with_its_place(string right, string wrong, string message)
    {
        var changed = Whole.Replace(right, wrong, StringComparison.Ordinal);
        Assert.That(changed, Is.Not.EqualTo(Whole));
        Assert.That(() => TerminationFile.Parse(changed, "monkey.yaml", Folder), Throws.TypeOf<FormatException>().With.Message.StartsWith(message));
    }

    [TestCase("")]
    [TestCase("# nothing yet\n")]
    public void An_empty_file_is_none(string text) =>
        Assert.That(() => TerminationFile.Parse(text, "monkey.yaml", Folder), Throws.TypeOf<FormatException>().With.Message.StartsWith("monkey.yaml is empty."));

    [Test]
    public void All_mistakes_are_named_at_once() =>
        Assert.That(
            () => TerminationFile.Parse("environment: staging\ngroups: [{ name: web }]", "monkey.yaml", Folder),
            Throws.TypeOf<FormatException>().With.Message.Contains("hours is missing").And.Message.Contains("outage is missing").And.Message.Contains("mean-days is missing").And.Message.Contains("needs either instances").And.Message.Contains("terminate is missing").And.Message.Contains("needs either restore"));

    [Test]
    public void A_file_that_is_not_there_is_named() =>
        Assert.That(() => TerminationFile.Read("/no/such/monkey.yaml"), Throws.TypeOf<FileNotFoundException>().With.Message.StartsWith("There is no file /no/such/monkey.yaml."));

    [TestCase("db-*", "db-1", true)]
    [TestCase("db-*", "DB-", true)]
    [TestCase("db-*", "mydb-1", false)]
    [TestCase("db-?", "db-1", false)]
    [TestCase("db-?", "db-?", true)]
    [TestCase("a\\b", "a\\b", true)]
    [TestCase("*", "anything", true)]
    public void A_star_alone_stands_for_anything(string pattern, string name, bool matches) => Assert.That(new NamePatterns([pattern]).Match(name), Is.EqualTo(matches));
}
