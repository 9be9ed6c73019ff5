using System.Text.Json.Nodes;
using ChaosHarness.Aws.Templates;
using CsCheck;

namespace ChaosHarness.Aws.Tests.Templates.Reading;

/// <summary>What holds for every template and every text.</summary>
public sealed class TemplateReadingLaws
{
    private const string Role = "arn:aws:iam::111122223333:role/fis";

    private static readonly Gen<string> Name = Gen.Char["abcXYZ019-_ .\u00e4\u2603"].Array[1, 8].Select(letters => "n" + new string(letters).Trim() + "n");

    private static readonly Gen<FisTarget> Target = Gen.Select(Gen.Int[0, 5], Gen.Int[1, 100], Gen.Dictionary(Name, Name)[1, 4], Name)
        .Select((kind, number, tags, word) =>
        {
            var target = new[] { FisTarget.Instances, FisTarget.Databases, FisTarget.Clusters, FisTarget.Subnets, FisTarget.Buckets, FisTarget.OfType("aws:ecs:task") }[kind];
            target = tags.Aggregate(target, (before, tag) => before.WithTag(tag.Key, tag.Value));
            return (number % 3) switch { 0 => target.Count(number), 1 => target.Percent(number), _ => target.Where("State.Name", word, "running") };
        });

    private static readonly Gen<FisTemplate> Template = Gen.Select(Gen.Dictionary(Name, Target)[1, 4], Gen.Dictionary(Name, Gen.Int[1, 700])[1, 4], Name, Gen.Bool)
        .Select((targets, waits, description, isWatched) =>
        {
            var template = FisTemplate.For(description, Role);
            template = targets.Aggregate(template, (before, target) => before.Target(target.Key, target.Value));
            string? last = null;
            foreach (var (name, minutes) in waits)
            {
                template = template.Do(name, FisAction.Wait($"{minutes}m"), last is null ? [] : [last]);
                last = name;
            }

            return isWatched ? template.StopOn("arn:aws:cloudwatch:us-east-1:111122223333:alarm:" + description.Replace(' ', '-')) : template;
        });

    [Test]
    public void A_template_that_is_written_reads_back_equal() => Template.Sample(template => FisTemplate.Parse(template.Checked().ToJson()).Checked().ToJson() == template.ToJson());

    [Test]
    public void A_member_that_is_misspelt_anywhere_is_named() => Gen.Select(Template, Gen.Int[0, 1000], Gen.Int[0, 1000], Gen.Char['a', 'z']).Sample((template, which, where, letter) =>
    {
        var root = JsonNode.Parse(template.ToJson())!;
        var members = Members("", root).ToList();
        var (path, owner, name) = members[which % members.Count];
        var wrong = name.Insert(where % (name.Length + 1), letter.ToString());
        var value = owner[name];
        owner.Remove(name);
        owner[wrong] = value;
        var expected = (path.Length == 0 ? wrong : $"{path}.{wrong}") + ": FIS knows no such member";

        Assert.That(() => FisTemplate.Parse(root.ToJsonString()), Throws.TypeOf<InvalidTemplateException>().With.Message.Contains($"): {expected}"));
    });

    [Test]
    public void Any_change_of_a_text_is_read_or_refused_and_nothing_else()
    {
        var parts = new[] { "{", "}", "[", "]", "\"", ":", ",", "null", "1", "true", "\\u", "\\ud800", "\0", "\uD800", "\u2603", "\n", "\"a\":", "'", "#", "//", "-", "1e999", " " };
        Gen.Select(Template, Gen.Select(Gen.Int[0, 5000], Gen.Int[0, 40], Gen.Int[0, parts.Length - 1]).Array[0, 4]).Sample(
            (template, changes) =>
            {
                var text = template.ToJson();
                foreach (var (at, length, part) in changes)
                {
                    var start = at % (text.Length + 1);
                    text = text[..start] + parts[part] + text[Math.Min(text.Length, start + length)..];
                }

                return IsReadOrRefused(text);
            },
            iter: 3000);
    }

    [Test]
    public void Any_text_is_read_or_refused_and_nothing_else() => Gen.String.Sample(IsReadOrRefused, iter: 3000);

    [Test]
    public void Depth_is_bounded()
    {
        Assert.That(IsReadOrRefused(new string('[', 500_000)), Is.True);
        Assert.That(IsReadOrRefused(string.Concat(Enumerable.Repeat("{\"a\":", 100_000))), Is.True);
    }

    // Names of targets and actions, tags and parameters are free; all others belong to FIS.
    private static IEnumerable<(string Path, JsonObject Owner, string Name)> Members(string path, JsonNode? node, bool isFree = false)
    {
        if (node is JsonArray list)
        {
            return list.SelectMany((item, index) => Members($"{path}.{index + 1}", item));
        }

        return node is JsonObject owner
            ? owner.SelectMany(member => (isFree ? Enumerable.Empty<(string, JsonObject, string)>() : [(path, owner, member.Key)])
                .Concat(Members(path.Length == 0 ? member.Key : $"{path}.{member.Key}", member.Value, !isFree && member.Key is "targets" or "actions" or "resourceTags" or "parameters" or "tags")))
            : [];
    }

    private static bool IsReadOrRefused(string text)
    {
        try
        {
            _ = FisTemplate.Parse(text).Mistakes;
        }
        catch (InvalidTemplateException exception)
        {
            return exception.Mistakes.Count > 0 && exception.Mistakes.All(mistake => mistake.StartsWith('(') || mistake.StartsWith("and ", StringComparison.Ordinal));
        }

        return true;
    }
}
