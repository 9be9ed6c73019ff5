using System.Globalization;
using System.Text;
using ChaosHarness.Logs;

namespace ChaosHarness.Allure.Attachments;

/// <summary>Log excerpts as a text to read: one part a component.</summary>
internal static class LogText
{
    public static byte[] Write(IEnumerable<LogExcerpt> excerpts)
    {
        var text = new StringBuilder();
        foreach (var excerpt in excerpts)
        {
            text.Append(CultureInfo.InvariantCulture, $"== {Clean(excerpt.Component)}\n");
            foreach (var line in excerpt.Lines)
            {
                text.Append(CultureInfo.InvariantCulture, $"{line.At.TotalSeconds,9:0.000}s  {Clean(line.Text)}\n");
            }

            text.Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    // Colours of terminals say nothing in a file, and other control characters could hide what is there.
    private static string Clean(string line) => string.Concat(line.Select(c => char.IsControl(c) && c != '\t' ? '\u00b7' : c));
}
