using System.Xml.Linq;
using static ChaosHarness.Allure.Charts.Drawing;

namespace ChaosHarness.Allure.Charts;

/// <summary>A row of the chart: its name at the left, what it was like from moment to moment beside it. Long names take more lines, not less room.</summary>
internal static class Lane
{
    private const double NameSize = 11;
    private const double NameLine = 13;
    private const double Bar = 14;
    private const double Gap = 5;
    private const double NameLeft = 16;
    private const int MostLines = 3;

    /// <summary>A lane.</summary>
    /// <param name="name">What it is of.</param>
    /// <param name="axis">Where times are.</param>
    /// <param name="draw">Draws its bar, given where that begins and ends from top to bottom.</param>
    public static Panel Of(string name, TimeAxis axis, Func<double, double, IEnumerable<XElement>> draw)
    {
        var lines = TextFit.Lines(Printable(name), axis.Left - NameLeft - 10, NameSize, MostLines);
        return new Panel(Math.Max(Bar, lines.Count * NameLine) + Gap, top =>
        [
            .. lines.Select((line, row) => Label(NameLeft, top + 10.5 + (row * NameLine), line, "ink", size: NameSize, whole: row == 0 && string.Join(' ', lines) != name ? name : null)),
            .. draw(top, top + Bar),
        ]);
    }

    public static Panel Heading(string text) => new(20, top => [Label(NameLeft, top + 13, text, "soft", bold: true)]);

    /// <summary>A few words beside what they are about, on the side where there is room for them.</summary>
    public static IEnumerable<XElement> Words(string text, double left, double right, double top, TimeAxis axis)
    {
        const double Size = 11;
        var width = TextFit.Width(text, Size);
        yield return right + 5 + width <= axis.Right ? Label(right + 5, top + 11, text, "ink over", size: Size)
            : left - 5 - width >= axis.Left ? Label(left - 5, top + 11, text, "ink over", "end", Size)
            : Label(left + 5, top + 11, TextFit.Line(text, axis.Right - left - 10, Size), "ink over", size: Size, whole: text);
    }
}
