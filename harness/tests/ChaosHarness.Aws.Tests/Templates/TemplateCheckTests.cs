using ChaosHarness.Aws.Templates;

namespace ChaosHarness.Aws.Tests.Templates;

/// <summary>What can be wrong with a template, and that a right one is found right.</summary>
public sealed class TemplateCheckTests
{
    private const string Role = "arn:aws:iam::111122223333:role/fis";

    private static FisTemplate Whole => FisTemplate.For("stop one", Role)
        .Target("web", FisTarget.Instances.WithTag("role", "web").Where("State.Name", "running").Count(1))
        .Target("db", FisTarget.Databases.WithArns("arn:aws:rds:us-east-1:111122223333:db:shop"))
        .Target("zone", FisTarget.Subnets.InZone("us-east-1a"))
        .Do("stop", FisAction.StopInstances("web", "2m"))
        .Do("cut", FisAction.DisruptConnectivity("zone", "PT3M"))
        .Do("wait", FisAction.Wait("1m"))
        .Do("fail-over", FisAction.RebootDatabases("db", forceFailover: true), "wait")
        .StopOn("arn:aws:cloudwatch:us-east-1:111122223333:alarm:orders");

    [Test]
    public void A_right_template_is_right() => Assert.That(Whole.Mistakes, Is.Empty);

    [Test]
    public void A_template_without_a_stop_condition_says_so() =>
        Assert.That(FisTemplate.For("wait", Role).Do("wait", FisAction.Wait("1m")).Checked().ToJson(), Does.Contain("\"source\": \"none\""));

    [Test]
    public void All_mistakes_come_in_one_exception()
    {
        var template = FisTemplate.For("", "no role")
            .Target("web", FisTarget.Instances)
            .Do("stop", FisAction.StopInstances("elsewhere", "10s"), "later")
            .Do("loop", FisAction.Wait("1m"), "loop");

        Assert.That(template.Checked, Throws.TypeOf<InvalidTemplateException>()
            .With.Property("Mistakes").Count.EqualTo(8)
            .And.Message.Contains("roleArn")
            .And.Message.Contains("targets.web: one of resourceArns")
            .And.Message.Contains("actions.stop.parameters.startInstancesAfterDuration: 'PT10S' is no duration")
            .And.Message.Contains("actions.stop.targets.Instances: there is no target 'elsewhere'")
            .And.Message.Contains("actions.stop.startAfter: there is no action 'later'")
            .And.Message.Contains("actions.loop.startAfter: the action would have to wait for itself"));
    }

    [TestCase("targets.web.selectionMode", "\"selectionMode\": \"COUNT(1)\"", "\"selectionMode\": \"SOME\"")]
    [TestCase("targets.web.resourceType", "\"resourceType\": \"aws:ec2:instance\"", "\"resourceType\": \"instance\"")]
    [TestCase("targets.zone.parameters.zone", "availabilityZoneIdentifier", "zone")]
    [TestCase("targets.db.resourceArns", "\"resourceArns\"", "\"resourceTags\": {\"a\": \"b\"}, \"resourceArns\"")]
    [TestCase("actions.stop.actionId", "aws:ec2:stop-instances", "stop-instances")]
    [TestCase("actions.stop.parameters.completeIfInstancesTerminated", "\"startInstancesAfterDuration\": \"PT2M\"", "\"completeIfInstancesTerminated\": \"true\"")]
    [TestCase("actions.stop.targets.Instances", "\"Instances\": \"web\"", "\"Instances\": \"db\"")]
    [TestCase("actions.stop.targets.Machines", "\"Instances\": \"web\"", "\"Machines\": \"web\"")]
    [TestCase("actions.cut.parameters.scope", "\"scope\": \"all\"", "\"extent\": \"all\"")]
    [TestCase("actions.cut.parameters.extent", "\"scope\": \"all\"", "\"extent\": \"all\"")]
    [TestCase("actions.fail-over.parameters.forceFailover", "\"forceFailover\": \"true\"", "\"forceFailover\": \"yes\"")]
    [TestCase("actions.cut.parameters.duration", "PT3M", "three minutes")]
    [TestCase("actions.cut.parameters.duration", "PT3M", "PT13H")]
    [TestCase("stopConditions.1.source", "aws:cloudwatch:alarm\"", "somebody\"")]
    [TestCase("stopConditions.1.value", ":alarm:orders", ":dashboard:orders")]
    public void Each_mistake_is_named_by_its_member(string member, string right, string wrong)
    {
        var json = Whole.ToJson();
        Assert.That(json, Does.Contain(right));

        Assert.That(FisTemplate.Parse(json.Replace(right, wrong, StringComparison.Ordinal)).Mistakes, Has.Some.Matches("^\\([0-9]+,[0-9]+\\): " + System.Text.RegularExpressions.Regex.Escape(member) + ": "));
    }

    [Test]
    public void Actions_that_wait_for_each_other_are_found()
    {
        var template = FisTemplate.For("round and round", Role).Do("a", FisAction.Wait("1m"), "c").Do("b", FisAction.Wait("1m"), "a").Do("c", FisAction.Wait("1m"), "b").Do("d", FisAction.Wait("1m"), "a");

        Assert.That(template.Mistakes.Select(mistake => mistake[..17]), Is.EquivalentTo(new[] { "actions.a.startAf", "actions.b.startAf", "actions.c.startAf" }), "and not the one that only waits for them");
    }

    [TestCase("{")]
    [TestCase("[]")]
    [TestCase("""{"actions": "all"}""")]
    public void What_is_no_template_at_all_is_said_so(string text) => Assert.That(() => FisTemplate.Parse(text), Throws.TypeOf<InvalidTemplateException>());

    [TestCaseSource(nameof(Files))]
    public void The_templates_of_the_experiments_are_right_as_they_stand(string file)
    {
        var template = FisTemplate.FromFile(file);

        Assert.That(template.Description, Is.Not.Empty);
        Assert.That(FisTemplate.Parse(template.ToJson()).ToJson(), Is.EqualTo(template.ToJson()));
    }

    [Test]
    public void There_are_templates() => Assert.That(Files, Has.Length.EqualTo(7));

    private static string[] Files => Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "templates"), "*.json");
}
