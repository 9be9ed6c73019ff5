namespace ChaosHarness.Allure.Attachments;

/// <summary>How texts stand in a table of comma-separated values.</summary>
internal static class Csv
{
    public static string Quote(string text) => text.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
