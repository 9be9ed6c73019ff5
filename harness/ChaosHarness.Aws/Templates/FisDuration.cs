using System.Xml;

namespace ChaosHarness.Aws.Templates;

/// <summary>Durations as templates have them: ISO 8601, such as <c>PT5M</c>.</summary>
internal static class FisDuration
{
    public static TimeSpan Least { get; } = TimeSpan.FromMinutes(1);

    public static TimeSpan Most { get; } = TimeSpan.FromHours(12);

    public static bool TryParse(string text, out TimeSpan duration)
    {
        try
        {
            duration = XmlConvert.ToTimeSpan(text);
            // Spaces and ends of lines around it are passed over by the parser, and not by FIS.
            return text.StartsWith('P') && !char.IsWhiteSpace(text[^1]);
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            duration = default;
            return false;
        }
    }

    public static string Format(TimeSpan duration) => XmlConvert.ToString(duration);
}
