using System.Collections;
using System.Globalization;

namespace ChaosHarness.Experiments;

/// <summary>A value that a test ran with.</summary>
/// <param name="Name">What the value is of, such as the name of the method's parameter.</param>
/// <param name="Value">The value.</param>
public sealed record TestParameter(string Name, object? Value)
{
    /// <summary>The value in words that are the same in every run, on every machine; null when it has none: then nobody could tell one history from another.</summary>
    public string? Text => TextOf(Value);

    private static string? TextOf(object? value) => value switch
    {
        null => "null",
        string text => text,
        Type type => type.ToString(),
        DateTime or DateTimeOffset => ((IFormattable)value).ToString("O", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        ICollection values => ListOf(values),
        _ => value.ToString() is { } text && text != value.GetType().ToString() ? text : null,
    };

    private static string? ListOf(ICollection values)
    {
        var texts = values.Cast<object?>().Select(TextOf).ToList();
        return texts.Contains(null) ? null : $"[{string.Join(", ", texts)}]";
    }
}
