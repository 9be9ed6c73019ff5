using System.Globalization;
using System.Text;
using ChaosHarness.Measurement;

namespace ChaosHarness.Allure.Attachments;

/// <summary>The lost writes as CSV.</summary>
internal static class LostWritesTable
{
    public static byte[] Write(IEnumerable<LostWrite> writes)
    {
        var text = new StringBuilder("id,acknowledged_s,acknowledged_by\n");
        foreach (var write in writes)
        {
            text.Append(CultureInfo.InvariantCulture, $"{write.Id},{write.Acknowledged.TotalSeconds:0.######},{Quote(write.By ?? "")}\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Quote(string text) => text.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
