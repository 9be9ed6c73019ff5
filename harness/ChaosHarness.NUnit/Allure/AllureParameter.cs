using System.Text.Encodings.Web;
using System.Text.Json;

namespace ChaosHarness.NUnit.Allure;

/// <summary>A parameter of a test. Ours are all excluded from its identity: a measured value would make every run a test of its own.</summary>
internal sealed record AllureParameter(string Name, string Value, bool Excluded, string Mode = "default")
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A value, written as JSON like any parameter.</summary>
    public static AllureParameter Of(string name, string value) => new(name, JsonSerializer.Serialize(value, Readable), Excluded: true);
}
