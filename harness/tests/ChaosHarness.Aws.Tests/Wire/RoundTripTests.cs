using System.Text.Json;
using System.Xml.Linq;
using Amazon.FIS;
using Amazon.FIS.Model;
using Amazon.RDS.Model;
using ChaosHarness.Aws.Wire;
using CsCheck;

namespace ChaosHarness.Aws.Tests.Wire;

/// <summary>What is written is read back as it was, whatever it holds.</summary>
public sealed class RoundTripTests
{
    private static readonly Gen<string> Text = Gen.String[Gen.Char[(char)0x20, (char)0x2ff], 0, 12];

    // Milliseconds are what XML carries.
    private static readonly Gen<DateTime> Time = Gen.Long[0, 4_000_000_000_000].Select(milliseconds => DateTime.UnixEpoch.AddMilliseconds(milliseconds));

    [Test]
    public void Json() => Gen.Select(Text, Text.List[0, 4], Gen.Dictionary(Text, Text)[0, 4], Time.Nullable()).Sample((text, list, map, time) =>
    {
        var experiment = new Experiment
        {
            Id = text,
            Tags = map,
            StartTime = time,
            TargetAccountConfigurationsCount = list.Count,
            State = new ExperimentState { Status = ExperimentStatus.Running, Reason = text },
            Targets = new() { [text] = new ExperimentTarget { ResourceArns = list, Filters = [new ExperimentTargetFilter { Path = text, Values = list }] } },
        };
        using var json = JsonDocument.Parse(WireJson.Write(experiment));
        var read = new Experiment();
        WireJson.ReadInto(json.RootElement, read);

        Assert.That(WireJson.Write(read), Is.EqualTo(WireJson.Write(experiment)));
        Assert.That((read.Id, read.StartTime, read.State.Status, read.Targets[text].ResourceArns), Is.EqualTo((text, time, ExperimentStatus.Running, list)));
    }, iter: 500);

    [Test]
    public void Query() => Gen.Select(Text, Text.List[1, 4], Gen.Bool.Nullable(), Gen.Int.Nullable()).Sample((text, list, flag, number) =>
    {
        var request = new CreateDBInstanceRequest
        {
            DBInstanceIdentifier = text,
            MultiAZ = flag,
            Port = number,
            VpcSecurityGroupIds = list,
            Tags = [.. list.Select(value => new Tag { Key = value, Value = text })],
        };
        var parameters = new Dictionary<string, string>();
        WireQuery.Write(request, parameters);
        var read = new CreateDBInstanceRequest();
        WireQuery.ReadInto(parameters, read);

        Assert.That((read.DBInstanceIdentifier, read.MultiAZ, read.Port), Is.EqualTo((text, flag, number)));
        Assert.That(read.VpcSecurityGroupIds, Is.EqualTo(list));
        Assert.That(read.Tags.Select(tag => tag.Key), Is.EqualTo(list));
    }, iter: 500);

    [Test]
    public void Xml() => Gen.Select(Text, Text.List[0, 4], Gen.Bool.Nullable(), Time.Nullable()).Sample((text, list, flag, time) =>
    {
        var instance = new DBInstance { DBInstanceIdentifier = text, MultiAZ = flag, LatestRestorableTime = time, ReadReplicaDBInstanceIdentifiers = list, Endpoint = new Amazon.RDS.Model.Endpoint { Address = text, Port = 5432 } };
        var element = new XElement("{urn:x}DBInstance");
        WireXml.Write(instance, element);
        var read = new DBInstance();
        WireXml.ReadInto(XElement.Parse(element.ToString(SaveOptions.DisableFormatting), LoadOptions.PreserveWhitespace), read);

        Assert.That((read.DBInstanceIdentifier, read.MultiAZ, read.LatestRestorableTime, read.Endpoint.Port), Is.EqualTo((text, flag, time, 5432)));
        Assert.That(read.ReadReplicaDBInstanceIdentifiers, Is.EqualTo(list));
    }, iter: 500);

    [Test]
    public void Lists_are_called_as_the_model_calls_their_entries()
    {
        var parameters = new Dictionary<string, string>();
        WireQuery.Write(new CreateDBInstanceRequest { Tags = [new Tag { Key = "a", Value = "b" }], VpcSecurityGroupIds = ["sg-1"] }, parameters);

        Assert.That(parameters, Is.EquivalentTo(new Dictionary<string, string> { ["Tags.Tag.1.Key"] = "a", ["Tags.Tag.1.Value"] = "b", ["VpcSecurityGroupIds.VpcSecurityGroupId.1"] = "sg-1" }));
    }

    [Test]
    public void What_is_not_known_yet_is_passed_over_and_new_values_are_kept()
    {
        using var json = JsonDocument.Parse("""{"id":"EXP1","novelty":{"a":1},"state":{"status":"pondering"},"creationTime":1700000000.25}""");
        var experiment = new Experiment();
        WireJson.ReadInto(json.RootElement, experiment);

        Assert.That((experiment.Id, experiment.State.Status.Value), Is.EqualTo(("EXP1", "pondering")));
        Assert.That(experiment.CreationTime, Is.EqualTo(new DateTime(2023, 11, 14, 22, 13, 20, 250, DateTimeKind.Utc)));
    }

    [TestCase("""{"startTime":"soon"}""", "startTime")]
    [TestCase("""{"targets":[]}""", "targets")]
    [TestCase("""{"tags":{"a":1}}""", "tags")]
    [TestCase("[]", "object")]
    public void A_value_of_the_wrong_type_is_named(string text, string member)
    {
        using var json = JsonDocument.Parse(text);

        Assert.That(() => WireJson.ReadInto(json.RootElement, new Experiment()), Throws.TypeOf<FormatException>().With.Message.Contains(member));
    }
}
