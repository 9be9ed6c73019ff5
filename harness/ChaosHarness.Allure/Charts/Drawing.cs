using System.Globalization;
using System.Text;
using System.Xml.Linq;
using ChaosHarness.Timing;

namespace ChaosHarness.Allure.Charts;

/// <summary>The strokes that the charts are drawn with: plain SVG in the reader's own fonts.</summary>
internal static class Drawing
{
    public static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    public static XElement Picture(double width, double height, string title, params object[] content) => new(
        Svg + "svg",
        new XAttribute("viewBox", Text($"0 0 {width} {height}")),
        new XAttribute("width", Text($"{width}")),
        new XAttribute("height", Text($"{height}")),
        new XAttribute("font-family", "system-ui, sans-serif"),
        new XAttribute("font-size", "12"),
        new XAttribute("role", "img"),
        new XElement(Svg + "title", Printable(title)),
        new XElement(Svg + "rect", new XAttribute("width", "100%"), new XAttribute("height", "100%"), new XAttribute("fill", "#ffffff")),
        content);

    // Labels near the right edge are written to the left of their line, so that none is cut off.
    public static IEnumerable<XElement> Marker(TimelineMark mark, TimeAxis axis, double labelY, double bottom)
    {
        var x = axis.X(mark.At);
        var isRight = x > (axis.Left + axis.Right) / 2;
        var line = Line(x, labelY - 4, x, bottom, mark.Colour);
        line.SetAttributeValue("stroke-dasharray", "4 3");
        yield return line;
        yield return Label(isRight ? x - 5 : x + 5, labelY, $"{mark.Text} ({DurationText.Format(mark.At)})", mark.Colour, anchor: isRight ? "end" : "start");
    }

    public static XElement Line(double x1, double y1, double x2, double y2, string colour) => new(
        Svg + "line",
        new XAttribute("x1", Text($"{x1:0.#}")),
        new XAttribute("y1", Text($"{y1:0.#}")),
        new XAttribute("x2", Text($"{x2:0.#}")),
        new XAttribute("y2", Text($"{y2:0.#}")),
        new XAttribute("stroke", colour));

    public static XElement Polyline(IEnumerable<string> points, string colour) => new(
        Svg + "polyline",
        new XAttribute("points", string.Join(' ', points)),
        new XAttribute("fill", "none"),
        new XAttribute("stroke", colour),
        new XAttribute("stroke-width", "1.5"));

    public static XElement Label(double x, double y, string text, string colour, string anchor = "start", int size = 12, bool bold = false) => new(
        Svg + "text",
        new XAttribute("x", Text($"{x:0.#}")),
        new XAttribute("y", Text($"{y:0.#}")),
        new XAttribute("fill", colour),
        new XAttribute("text-anchor", anchor),
        new XAttribute("font-size", Text($"{size}")),
        bold ? new XAttribute("font-weight", "600") : null,
        Printable(text));

    // Names come from people and systems: escape sequences of terminals have no place in XML.
    public static string Printable(string text) =>
        string.Concat(text.EnumerateRunes().Select(rune => Rune.IsControl(rune) || rune.Value is 0xfffe or 0xffff ? "\u00b7" : rune.ToString()));
}
