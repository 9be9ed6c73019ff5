using System.Globalization;
using System.Text.Json;
using ChaosHarness.LocalCloud.Http;

namespace ChaosHarness.LocalCloud.Fis.Actions;

/// <summary>What a document of commands is to be run with. What is not honoured is refused by its name.</summary>
internal sealed class DocumentParameters
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    private DocumentParameters()
    {
    }

    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <param name="json">An object; a value may be a list of one.</param>
    /// <param name="known">The names that the document has.</param>
    /// <exception cref="AwsErrorException">It is none, or has a name that is unknown or comes twice.</exception>
    public static DocumentParameters Parse(string? json, params ReadOnlySpan<string> known)
    {
        var parameters = new DocumentParameters();
        try
        {
            using var document = JsonDocument.Parse(json ?? "{}");
            foreach (var entry in document.RootElement.EnumerateObject())
            {
                var value = entry.Value.ValueKind == JsonValueKind.Array && entry.Value.GetArrayLength() == 1 ? entry.Value[0] : entry.Value;
                if (!known.Contains(entry.Name))
                {
                    throw Invalid($"{entry.Name} is not a parameter of the document here: it has {string.Join(", ", known)}");
                }

                if (value.ValueKind is not (JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False))
                {
                    throw Invalid($"{entry.Name}: a text is needed, or a list of one");
                }

                if (!parameters._values.TryAdd(entry.Name, value.ToString()))
                {
                    throw Invalid($"{entry.Name} comes twice");
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw Invalid(exception.Message);
        }

        return parameters;
    }

    /// <exception cref="AwsErrorException">It is no whole number between the two.</exception>
    public int? Number(string name, int least, int most) => this[name] is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : throw Invalid(string.Create(CultureInfo.InvariantCulture, $"{name}: a number from {least} to {most} is needed, not {text}"));

    public static AwsErrorException Invalid(string why) => new("ValidationException", $"documentParameters: {why}.");
}
