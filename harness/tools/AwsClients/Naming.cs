using System.Text.RegularExpressions;

namespace AwsClients;

/// <summary>How AWS's .NET SDK names things.</summary>
internal static partial class Naming
{
    public static string Property(string member) => char.ToUpperInvariant(member[0]) + member[1..];

    public static string Constant(string value)
    {
        var words = Word().Matches(value).Select(match => Property(match.Value));
        var name = string.Concat(words);
        return char.IsAsciiDigit(name[0]) ? "_" + name : name;
    }

    /// <summary>A fault of a query service is called an exception in .NET, as is one without either word.</summary>
    public static string Exception(string shape)
    {
        var name = shape.EndsWith("Fault", StringComparison.Ordinal) ? shape[..^"Fault".Length] : shape;
        return name.EndsWith("Exception", StringComparison.Ordinal) ? name : name + "Exception";
    }

    public static string Literal(string text) => "@\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    [GeneratedRegex("[A-Za-z0-9_]+")]
    private static partial Regex Word();
}
