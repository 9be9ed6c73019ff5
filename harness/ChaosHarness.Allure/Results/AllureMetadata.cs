using System.Globalization;
using System.Net;
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
            new AllureLabel("suite", type.Namespace ?? ""),
            new AllureLabel("subSuite", type.Name),
            new AllureLabel("testClass", type.Name),
            new AllureLabel("testMethod", test.Method.Name),
            new AllureLabel("package", type.Namespace ?? ""),
            new AllureLabel("host", Dns.GetHostName()),
            new AllureLabel("thread", Environment.CurrentManagedThreadId.ToString(CultureInfo.InvariantCulture)),
            new AllureLabel("framework", test.Framework),
            new AllureLabel("language", "C#"),
        ];
    }
}
