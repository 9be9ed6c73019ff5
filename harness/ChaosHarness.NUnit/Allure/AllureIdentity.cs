using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using NUnit.Framework.Interfaces;

namespace ChaosHarness.NUnit.Allure;

/// <summary>Which test it is, from run to run: the same identifiers that the common Allure adapter for NUnit gives, so that a switch keeps the history.</summary>
internal sealed record AllureIdentity(string FullName, string TestCaseId, string HistoryId, IReadOnlyList<string> TitlePath)
{
    public static AllureIdentity Of(ITest test)
    {
        var type = test.TypeInfo!.Type;
        var method = test.Method!.MethodInfo;
        var assembly = type.Assembly.GetName().Name!;
        var fullName = $"{assembly}:{type.FullName}.{method.Name}({string.Join(',', method.GetParameters().Select(parameter => NameOf(parameter.ParameterType)))})";
        // No parameter of ours counts towards the identity, so the list of their values is empty.
        var history = $"{{\"fullName\":\"{fullName}\",\"parameters\":[]}}";
        return new AllureIdentity(fullName, Hash(fullName), Hash(history), [assembly, .. (type.Namespace ?? "").Split('.', StringSplitOptions.RemoveEmptyEntries), NestedName(type)]);
    }

    private static string NameOf(Type type) => IsSystem(type.Assembly) ? type.FullName ?? type.Name : $"{type.Assembly.GetName().Name}:{type.FullName ?? type.Name}";

    private static bool IsSystem(Assembly assembly) => assembly == typeof(object).Assembly;

    private static string NestedName(Type type) => type.DeclaringType is { } outer ? $"{NestedName(outer)}+{type.Name}" : type.Name;

#pragma warning disable CA5351 // MD5 is what the format asks for; it names tests and protects nothing.
    private static string Hash(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351
}
