using System.Text.Encodings.Web;
using System.Text.Json;
using ChaosHarness.Experiments;

namespace ChaosHarness.Allure.Results;

/// <summary>A parameter of a test. What was measured is excluded from its identity: it would make every run a test of its own.</summary>
internal sealed record AllureParameter(string Name, string Value, bool Excluded, string Mode = "default")
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Something that was measured.</summary>
    public static AllureParameter Of(string name, string value) => new(name, value, Excluded: true);

    /// <summary>What the test ran with, as JSON: these values are what the report knows a test by from run to run, and other adapters write them so.</summary>
    public static AllureParameter Of(TestParameter parameter) => new(parameter.Name, JsonOf(parameter), Excluded: false);

    private static string JsonOf(TestParameter parameter) => parameter.Value switch
    {
        null => "null",
        bool isTrue => isTrue ? "true" : "false",
        sbyte or byte or short or ushort or int or uint or long or ulong or decimal => parameter.Text!,
        float or double when double.IsFinite(Convert.ToDouble(parameter.Value, System.Globalization.CultureInfo.InvariantCulture)) => parameter.Text!,
        _ => JsonSerializer.Serialize(parameter.Text ?? parameter.Value.GetType().ToString(), Readable),
    };
}
