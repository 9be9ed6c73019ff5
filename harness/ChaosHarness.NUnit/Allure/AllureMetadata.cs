using System.Globalization;
using System.Net;
using System.Reflection;
using NUnit.Framework.Interfaces;

namespace ChaosHarness.NUnit.Allure;

/// <summary>What the attributes of a test, its class and its assembly say for the report.</summary>
internal sealed record AllureMetadata(string? Name, string? Description, IReadOnlyList<AllureLabel> Labels, IReadOnlyList<AllureLink> Links)
{
    public static AllureMetadata Of(ITest test)
    {
        var attributes = Attributes(test).ToList();
        return new AllureMetadata(
            attributes.OfType<AllureNameAttribute>().FirstOrDefault()?.Name,
            attributes.OfType<AllureDescriptionAttribute>().FirstOrDefault()?.Description,
            [.. Defaults(test), .. attributes.OfType<AllureLabelAttribute>().Select(label => new AllureLabel(label.Name, label.Value)), .. TestCategories.Of(test).Select(category => new AllureLabel("tag", category))],
            [.. attributes.OfType<AllureLinkAttribute>().Select(link => new AllureLink(link.Title, link.Url, link.Type))]);
    }

    private static IEnumerable<Attribute> Attributes(ITest test) =>
        test.Method!.MethodInfo.GetCustomAttributes().Concat(test.TypeInfo!.Type.GetCustomAttributes()).Concat(test.TypeInfo.Type.Assembly.GetCustomAttributes());

    private static IEnumerable<AllureLabel> Defaults(ITest test)
    {
        var type = test.TypeInfo!.Type;
        return
        [
            new AllureLabel("parentSuite", type.Assembly.GetName().Name!),
            new AllureLabel("suite", type.Namespace ?? ""),
            new AllureLabel("subSuite", type.Name),
            new AllureLabel("testClass", type.Name),
            new AllureLabel("testMethod", test.MethodName!),
            new AllureLabel("package", type.Namespace ?? ""),
            new AllureLabel("host", Dns.GetHostName()),
            new AllureLabel("thread", Environment.CurrentManagedThreadId.ToString(CultureInfo.InvariantCulture)),
            new AllureLabel("framework", "NUnit"),
            new AllureLabel("language", "C#"),
        ];
    }
}
