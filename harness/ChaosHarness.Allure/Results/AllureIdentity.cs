using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ChaosHarness.Experiments;

namespace ChaosHarness.Allure.Results;

/// <summary>
/// Which test it is, from run to run: the same identifiers that the common Allure adapter for NUnit gives, so that a switch keeps the history.
/// What the test ran with is a part of it, and what was measured is not.
/// </summary>
internal sealed record AllureIdentity(string FullName, string TestCaseId, string HistoryId, IReadOnlyList<string> TitlePath)
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static AllureIdentity Of(TestRecord test)
    {
        var type = DefinitionOf(test.Fixture);
        var assembly = type.Assembly.GetName().Name!;
        var fullName = $"{assembly}:{type.FullName}.{test.Method.Name}({string.Join(',', test.Method.GetParameters().Select(parameter => NameOf(parameter.ParameterType)))})";
        var parameters = test.Parameters.OrderBy(parameter => parameter.Name, StringComparer.Ordinal).Select(parameter => AllureParameter.Of(parameter).Value);
        var history = $"{{\"fullName\":{JsonSerializer.Serialize(fullName, Readable)},\"parameters\":{JsonSerializer.Serialize(parameters, Readable)}}}";
        return new AllureIdentity(fullName, Hash(fullName), Hash(history), [assembly, .. (type.Namespace ?? "").Split('.', StringSplitOptions.RemoveEmptyEntries), NestedName(type)]);
    }

    // The arguments of types are parameters of the test; their full names would hold versions of assemblies.
    private static Type DefinitionOf(Type type) => type.IsConstructedGenericType ? type.GetGenericTypeDefinition() : type;

    private static string NameOf(Type type)
    {
        var name = type.IsGenericType || type.FullName is null ? type.ToString() : type.FullName;
        return IsSystem(type.Assembly) ? name : $"{type.Assembly.GetName().Name}:{name}";
    }

    private static bool IsSystem(Assembly assembly) => assembly == typeof(object).Assembly;

    private static string NestedName(Type type) => type.DeclaringType is { } outer ? $"{NestedName(outer)}+{type.Name}" : type.Name;

#pragma warning disable CA5351 // MD5 is what the format asks for; it names tests and protects nothing.
    private static string Hash(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351
}
