using System.Text.Json.Nodes;
using ChaosHarness.SystemFiles.Forms;
using ChaosHarness.SystemFiles.Schemas;
using ChaosHarness.SystemFiles.Sections;

namespace ChaosHarness.SystemFiles.Tests.Files;

public sealed class SchemaTests
{
    private static readonly string Published = Path.Combine(Repository.Folder, "docs", "system.schema.json");

    [Test]
    public void The_published_schema_is_that_of_what_reads_files() =>
        Assert.That(File.ReadAllText(Published), Is.EqualTo(SchemaWriter.Write(SystemSection.Section)), "chaos discover --schema > docs/system.schema.json");

    [Test]
    public void The_schema_knows_every_name_that_is_read_and_describes_it()
    {
        var schema = JsonNode.Parse(SchemaWriter.Write(SystemSection.Section))!;
        var sections = new Queue<(Section Section, JsonNode Node)>([(SystemSection.Section, schema)]);
        foreach (var section in new[] { ComponentSection.Section, ComposeSection.Section, LinkSection.Section, WritesSection.Section, HttpSection.Section, SqlSection.Section, RedisSection.Section, AmqpSection.Section, ProbeSection.Section, ReadBackSection.Section, SteadyStateSection.Section, ObjectivesSection.Section, FaultsSection.Section, LimitsSection.Section })
        {
            sections.Enqueue((section, schema["$defs"]![section.Name]!));
        }

        foreach (var (section, node) in sections)
        {
            var properties = node["properties"]!.AsObject();
            Assert.That(properties.Select(property => property.Key), Is.EqualTo(section.Fields.Select(field => field.Name)), section.Name);
            Assert.That(properties.All(property => property.Value!["description"]!.GetValue<string>().EndsWith('.')), Is.True, section.Name);
            Assert.That(node["required"]!.AsArray().Select(name => name!.GetValue<string>()), Is.EqualTo(section.Fields.Where(field => field.IsRequired).Select(field => field.Name)), section.Name);
        }
    }

    [Test]
    public void Examples_name_their_schema_for_editors() => Assert.That(File.ReadLines(Repository.Sample).First(), Is.EqualTo("# yaml-language-server: $schema=../../system.schema.json"));
}
