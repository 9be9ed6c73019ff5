using System.Text;
using ChaosHarness.Aws.Templates;

namespace ChaosHarness.Aws.Tests.Templates.Reading;

/// <summary>Whatever is wrong with a file is said at once, with its place: nothing of it is passed over.</summary>
public sealed class TemplateReadingTests
{
    private const string Whole = """
        {
          "description": "stop one",
          "roleArn": "arn:aws:iam::111122223333:role/fis",
          "targets": {
            "web": {
              "resourceType": "aws:ec2:instance",
              "resourceTags": { "system": "shop" },
              "filters": [{ "path": "State.Name", "values": ["running"] }],
              "selectionMode": "COUNT(1)"
            },
            "zone": { "resourceType": "aws:ec2:subnet", "resourceTags": { "system": "shop" }, "parameters": { "availabilityZoneIdentifier": "us-east-1a" }, "selectionMode": "ALL" }
          },
          "actions": {
            "stop": {
              "actionId": "aws:ec2:stop-instances",
              "parameters": { "startInstancesAfterDuration": "PT2M" },
              "targets": { "Instances": "web" },
              "startAfter": ["wait"]
            },
            "wait": { "actionId": "aws:fis:wait", "parameters": { "duration": "PT1M" } }
          },
          "stopConditions": [{ "source": "none" }],
          "experimentOptions": { "emptyTargetResolutionMode": "fail" },
          "tags": { "system": "shop" }
        }
        """;

    private string _file = null!;

    [SetUp]
    public void Make() => _file = Path.Combine(Directory.CreateTempSubdirectory("templates-").FullName, "stop-one.json");

    [TearDown]
    public void Remove() => Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);

    [Test]
    public void A_right_file_is_read() => Assert.That(Read(Whole).ToJson(), Does.Contain("State.Name").And.Contain("startInstancesAfterDuration"));

    [TestCase("\"filters\"", "\"filter\"", "(8,7): targets.web.filter: FIS knows no such member; did you mean 'filters'?")]
    [TestCase("\"startAfter\"", "\"startafter\"", "(18,7): actions.stop.startafter: FIS knows no such member; did you mean 'startAfter'?")]
    [TestCase("\"startAfter\"", "\"startAfterDelay\"", "(18,7): actions.stop.startAfterDelay: FIS knows no such member; did you mean 'startAfter'?")]
    [TestCase("\"emptyTargetResolutionMode\"", "\"emptyTargetResolution\"", "(23,26): experimentOptions.emptyTargetResolution: FIS knows no such member; did you mean 'emptyTargetResolutionMode'?")]
    [TestCase("\"path\"", "\"pth\"", "(8,21): targets.web.filters.1.pth: FIS knows no such member; did you mean 'path'?")]
    [TestCase("\"source\"", "\"quelle\"", "(22,24): stopConditions.1.quelle: FIS knows no such member")]
    [TestCase("\"tags\": { \"system\": \"shop\" }", "\"tags\": { \"system\": \"shop\", \"system\": \"all\" }", "(24,31): tags.system: this comes twice, and only one of them would count")]
    [TestCase("\"selectionMode\": \"COUNT(1)\"", "\"selectionMode\": \"COUNT(1)\", \"selectionMode\": \"ALL\"", "(9,36): targets.web.selectionMode: this comes twice, and only one of them would count")]
    [TestCase("{ \"duration\": \"PT1M\" }", "{ \"duration\": 60 }", "(20,71): actions.wait.parameters.duration: a text is expected, and not a number. Write \"60\"")]
    [TestCase("[\"wait\"]", "\"wait\"", "(18,21): actions.stop.startAfter: a list is expected, and not a text")]
    [TestCase("[\"wait\"]", "[null]", "(18,22): actions.stop.startAfter.1: null is not allowed here. Leave the member out")]
    [TestCase("{ \"Instances\": \"web\" }", "null", "(17,18): actions.stop.targets: null is not allowed here. Leave the member out")]
    [TestCase("{ \"Instances\": \"web\" }", "{ \"Instances\": \"wbe\" }", "(17,33): actions.stop.targets.Instances: there is no target 'wbe' in this template; did you mean 'web'?")]
    [TestCase("\"Instances\"", "\"Instance\"", "(17,20): actions.stop.targets.Instance: the target of aws:ec2:stop-instances is called Instances")]
    [TestCase("startInstancesAfterDuration", "startInstanceAfterDuration", "(16,23): actions.stop.parameters.startInstanceAfterDuration: aws:ec2:stop-instances has no such parameter; did you mean 'startInstancesAfterDuration'?")]
    [TestCase("availabilityZoneIdentifier", "availabilityZone", "(11,103): targets.zone.parameters.availabilityZone: a target of type aws:ec2:subnet has no such parameter; did you mean 'availabilityZoneIdentifier'?")]
    [TestCase("COUNT(1)", "SOME", "(9,24): targets.web.selectionMode: 'SOME' is none of ALL, COUNT(n) and PERCENT(n)")]
    [TestCase("\"duration\": \"PT1M\"", "", "(20,43): actions.wait.parameters.duration: aws:fis:wait needs this parameter")]
    public void Each_mistake_has_its_place(string right, string wrong, string said)
    {
        var at = Whole.IndexOf(right, StringComparison.Ordinal);
        var text = Whole[..at] + wrong + Whole[(at + right.Length)..];

        Assert.That(Mistakes(text), Has.Some.EqualTo(_file + said));
    }

    [Test]
    public void All_of_them_come_at_once_in_their_order()
    {
        var text = Whole.Replace("\"filters\"", "\"filter\"", StringComparison.Ordinal).Replace("COUNT(1)", "SOME", StringComparison.Ordinal).Replace("PT1M", "1 minute", StringComparison.Ordinal).Replace("\"tags\"", "\"tag\"", StringComparison.Ordinal);

        Assert.That(Mistakes(text).Select(mistake => mistake[(_file.Length + 1)..].Split(',')[0]), Is.EqualTo(new[] { "8", "9", "20", "24" }));
    }

    [TestCase("", 1, 1, "there is nothing in it")]
    [TestCase(" \n ", 1, 1, "there is nothing in it")]
    [TestCase("{\n  \"description\": \"x\",\n}", 2, 21, "JSON has no comma before a closing bracket")]
    [TestCase("{\n  \"description\": \"x\"", 2, 21, "cut off")]
    [TestCase("{\n  \"descr", 2, 9, "cut off")]
    [TestCase("{}\n{}", 2, 1, "nothing may come behind it")]
    [TestCase("{\n  // why\n}", 2, 3, "JSON has no comments")]
    [TestCase("{ 'description': 1 }", 1, 3, "double quotation marks")]
    [TestCase("description: x\nroleArn: y\n", 1, 1, "this is YAML")]
    [TestCase("---\ntargets: {}\n", 1, 1, "this is YAML")]
    [TestCase("\n[{}]", 2, 1, "this is a list. Put each template into a file of its own")]
    [TestCase("42", 1, 1, "this is a number")]
    [TestCase("Resources:\n  Fail:\n    Type: AWS::FIS::ExperimentTemplate\n", 3, 11, "CloudFormation in YAML")]
    [TestCase("{ \"Resources\": { \"Fail\": { \"Type\": \"AWS::FIS::ExperimentTemplate\", \"Properties\": {} } } }", 1, 36, "template of CloudFormation")]
    [TestCase("{ \"Type\": \"AWS::FIS::ExperimentTemplate\", \"Properties\": {} }", 1, 11, "template of CloudFormation")]
    [TestCase("{ \"Description\": \"x\", \"Targets\": {}, \"Actions\": {} }", 1, 3, "properties of CloudFormation")]
    [TestCase("resource \"aws_fis_experiment_template\" \"x\" {}", 1, 11, "Terraform")]
    [TestCase("{ \"description\": \"\\ud800\" }", 1, 18, "half of a character")]
    public void What_is_no_template_is_said_to_be_what_it_is(string text, int line, int column, string part) =>
        Assert.That(Mistakes(text).Single(), Does.StartWith($"{_file}({line},{column}): ").And.Contain(part));

    [Test]
    public void A_column_counts_characters_and_a_line_ends_as_files_have_it()
    {
        Assert.That(Mistakes("{\r\n  \"tags\": { \"a\": \"\U0001F525\u00e4\", \"b\": 1 } }"), Has.Some.StartsWith($"{_file}(2,29): tags.b: "));
        Assert.That(Mistakes("{\r  \"tag\": {} }"), Has.Some.StartsWith($"{_file}(2,3): tag: "));
    }

    [Test]
    public void A_mark_at_the_beginning_of_a_file_is_no_mistake()
    {
        foreach (var encoding in new Encoding[] { new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32 })
        {
            File.WriteAllText(_file, Whole, encoding);
            Assert.That(FisTemplate.FromFile(_file).ToJson(), Is.EqualTo(Read(Whole).ToJson()), encoding.WebName);
        }

        Assert.That(FisTemplate.Parse("\uFEFF" + Whole).ToJson(), Is.EqualTo(Read(Whole).ToJson()));
    }

    [Test]
    public void A_file_that_is_no_text_is_said_so()
    {
        File.WriteAllBytes(_file, [.. "{ \"description\": \""u8, 0xE4, .. "\" }"u8]);

        Assert.That(() => FisTemplate.FromFile(_file), Throws.TypeOf<InvalidTemplateException>().With.Message.Contains($"{_file}(1,19): this is no text in UTF-8"));
    }

    [Test]
    public void What_get_experiment_template_prints_is_read()
    {
        var inner = Whole.TrimEnd()[..^1] + """, "id": "EXT1", "arn": "arn:aws:fis:us-east-1:111122223333:experiment-template/EXT1", "creationTime": 1.5, "lastUpdateTime": "2026-01-01", "targetAccountConfigurationsCount": 0 }""";

        Assert.That(Read($"{{ \"experimentTemplate\": {inner} }}").ToJson(), Is.EqualTo(Read(Whole).ToJson()));
        Assert.That(Read(inner).ToJson(), Is.EqualTo(Read(Whole).ToJson()), "also with --query experimentTemplate");
        Assert.That(Mistakes($"{{ \"experimentTemplate\": {inner}, \"more\": 1 }}"), Has.Some.Contains("more: FIS knows no such member"));
        Assert.That(Mistakes("{ \"experimentTemplate\": { \"filter\": 1 } }"), Has.Some.StartsWith(_file + "(1,27): filter: "));
    }

    [Test]
    public void Places_are_those_in_the_file_whatever_was_replaced()
    {
        File.WriteAllText(_file, Whole.Replace("\"COUNT(1)\"", "\"MODE\", \"filter\": []", StringComparison.Ordinal));

        Assert.That(
            () => FisTemplate.FromFile(_file, ("stop one", "stop for a very long time\\n"), ("MODE", "SOME"), ("shop", "s")),
            Throws.TypeOf<InvalidTemplateException>().With.Property("Mistakes").EqualTo(new[]
            {
                _file + "(9,24): targets.web.selectionMode: 'SOME' is none of ALL, COUNT(n) and PERCENT(n)",
                _file + "(9,32): targets.web.filter: FIS knows no such member; did you mean 'filters'?",
            }));
    }

    [Test]
    public void What_is_far_too_long_is_not_read()
    {
        var text = Whole.Replace("stop one", new string('x', 1024 * 1024), StringComparison.Ordinal);

        Assert.That(Mistakes(text).Single(), Is.EqualTo($"{_file}(1,1): this is longer than 1048576 characters, and no experiment template. FIS takes far less"));
        Assert.That(() => FisTemplate.Parse(text), Throws.TypeOf<InvalidTemplateException>());
        Assert.That(() => Read(Whole.Replace("stop", new string('x', 4000), StringComparison.Ordinal)), Throws.TypeOf<InvalidTemplateException>());
    }

    [Test]
    public void Of_very_many_mistakes_the_first_are_said_soon()
    {
        var text = "{" + string.Join(',', Enumerable.Range(0, 60_000).Select(number => $"\"m{number}\": 1")) + "}";
        var mistakes = Mistakes(text);

        Assert.That(mistakes, Has.Count.EqualTo(101));
        Assert.That(mistakes[^1], Does.StartWith("and ").And.EndWith(" more"));
    }

    [Test]
    public void An_action_that_the_harness_does_not_know_is_left_to_FIS()
    {
        var text = Whole.Replace("aws:ec2:stop-instances", "aws:ec2:melt-instances", StringComparison.Ordinal).Replace("aws:ec2:subnet", "aws:ecs:task", StringComparison.Ordinal);

        Assert.That(Read(text).ToJson(), Does.Contain("aws:ec2:melt-instances"));
        Assert.That(Mistakes(text.Replace("aws:ec2:melt-instances", "stop instances", StringComparison.Ordinal)), Has.Some.Contains("actions.stop.actionId: 'stop instances' is no action"));
    }

    private FisTemplate Read(string text)
    {
        File.WriteAllText(_file, text);
        return FisTemplate.FromFile(_file);
    }

    private IReadOnlyList<string> Mistakes(string text) => Assert.Throws<InvalidTemplateException>(() => Read(text))!.Mistakes;
}
