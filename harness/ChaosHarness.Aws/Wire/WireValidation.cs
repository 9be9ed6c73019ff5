using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Amazon.Runtime;

namespace ChaosHarness.Aws.Wire;

/// <summary>Checks a request against its model: every mistake with the member's name, in the words that AWS uses.</summary>
internal static class WireValidation
{
    private static readonly ConcurrentDictionary<string, Regex> Patterns = new();
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<string>> Constants = new();

    public static IReadOnlyList<string> Mistakes(object shape) => [.. Found(shape).Select(mistake => $"{mistake}")];

    /// <summary>The same mistakes, each in its parts.</summary>
    public static IReadOnlyList<WireMistake> Found(object shape) => [.. Structure(default, shape)];

    /// <summary>All mistakes as the one message that AWS makes of them.</summary>
    public static string Message(IReadOnlyList<string> mistakes) => string.Create(
        CultureInfo.InvariantCulture,
        $"{mistakes.Count} validation error{(mistakes.Count == 1 ? "" : "s")} detected: {string.Join("; ", mistakes)}");

    private static IEnumerable<WireMistake> Structure(WirePath path, object shape) =>
        WireShape.Of(shape.GetType()).Members.SelectMany(member => Member(path.Member(member.Name), member.Wire, member.Get(shape)));

    private static IEnumerable<WireMistake> Member(WirePath path, WireAttribute wire, object? value)
    {
        if (value is null)
        {
            return wire is { Required: true, IsToken: false } ? [Mistake("null", path, "Member must not be null")] : [];
        }

        return Value(path, value, wire);
    }

    private static IEnumerable<WireMistake> Value(WirePath path, object value, WireAttribute? wire)
    {
        var size = value switch
        {
            string text => text.Length,
            ICollection entries => entries.Count,
            int number => number,
            long number => number,
            _ => (long?)null,
        };
        var shown = value is string or int or long ? WireShape.ToText(value) : value.GetType().Name;
        var unit = value is string or ICollection ? "have length" : "have value";
        if (wire is { Min: >= 0 } && size < wire.Min)
        {
            yield return Mistake(shown, path, string.Create(CultureInfo.InvariantCulture, $"Member must {unit} greater than or equal to {wire.Min}"));
        }

        if (wire is { Max: >= 0 } && size > wire.Max)
        {
            yield return Mistake(shown, path, string.Create(CultureInfo.InvariantCulture, $"Member must {unit} less than or equal to {wire.Max}"));
        }

        if (wire?.Pattern is { } pattern && value is string matched && !Whole(pattern).IsMatch(matched))
        {
            yield return Mistake(shown, path, $"Member must satisfy regular expression pattern: {pattern}");
        }

        if (value is ConstantClass constant && !ValuesOf(value.GetType()).Contains(constant.Value))
        {
            yield return Mistake(constant.Value, path, $"Member must satisfy enum value set: [{string.Join(", ", ValuesOf(value.GetType()))}]");
        }

        foreach (var mistake in Inner(path, value))
        {
            yield return mistake;
        }
    }

    private static IEnumerable<WireMistake> Inner(WirePath path, object value) => value switch
    {
        IDictionary map => map.Keys.Cast<string>().SelectMany(key => map[key] is { } entry ? Value(path.Entry(key), entry, null) : [Mistake("null", path.Entry(key), "Member must not be null")]),
        IList list => list.Cast<object>().SelectMany((entry, index) => Value(path.Entry((index + 1).ToString(CultureInfo.InvariantCulture)), entry, null)),
        _ when WireShape.IsStructure(value.GetType()) => Structure(path, value),
        _ => [],
    };

    private static WireMistake Mistake(string value, WirePath path, string constraint) => new(value, path, constraint);

    // Models name characters beyond the basic plane as a range of pairs; here each half is a character of its own.
    internal static Regex Whole(string pattern) => Patterns.GetOrAdd(
        pattern,
        static text => new Regex($"^(?:{text.Replace(@"\uD800\uDC00-\uDBFF\uDFFF", @"\uD800-\uDFFF", StringComparison.Ordinal)})\\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)));

    private static IReadOnlyList<string> ValuesOf(Type type) => Constants.GetOrAdd(
        type,
        static constants => [.. constants.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.FieldType == constants).Select(field => ((ConstantClass)field.GetValue(null)!).Value)]);
}
