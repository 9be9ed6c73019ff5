using System.Reflection;
using ChaosHarness.Experiments;

namespace ChaosHarness.Allure.Results;

/// <summary>What the attributes of a test, its class and its assembly say for the report.</summary>
internal sealed record AllureMetadata(string? Name, string? Description, IReadOnlyList<AllureLabel> Labels, IReadOnlyList<AllureLink> Links)
{
    public static AllureMetadata Of(TestRecord test)
    {
        var attributes = Attributes(test).ToList();
        return new AllureMetadata(
            attributes.OfType<AllureNameAttribute>().FirstOrDefault()?.Name,
            attributes.OfType<AllureDescriptionAttribute>().FirstOrDefault()?.Description,
            [.. Defaults(test), .. attributes.OfType<AllureLabelAttribute>().Select(label => new AllureLabel(label.Name, label.Value)), .. test.Categories.Select(category => new AllureLabel("tag", category))],
            [.. attributes.OfType<AllureLinkAttribute>().Select(link => new AllureLink(link.Title, link.Url, link.Type))]);
    }

    private static IEnumerable<Attribute> Attributes(TestRecord test) =>
        test.Method.GetCustomAttributes().Concat(test.Fixture.GetCustomAttributes()).Concat(test.Fixture.Assembly.GetCustomAttributes());

    private static IEnumerable<AllureLabel> Defaults(TestRecord test)
    {
        var type = test.Fixture;
        return
        [
            new AllureLabel("parentSuite", type.Assembly.GetName().Name!),
            .. type.Namespace is { Length: > 0 } space ? [new AllureLabel("suite", space)] : Array.Empty<AllureLabel>(),
            new AllureLabel("subSuite", type.Name),
            new AllureLabel("framework", test.Framework),
        ];
    }
}
