using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace ChaosHarness.Allure.Charts;

/// <summary>The strokes that the charts are drawn with: plain SVG in the reader's own fonts, sharp, small and searchable.</summary>
internal static class Drawing
{
    public const double Width = 960;
    public static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    public static XElement Picture(double height, string title, string description, IEnumerable<XElement> content) => new(
        Svg + "svg",
        new XAttribute("viewBox", Text($"0 0 {Width} {height:0.#}")),
        new XAttribute("width", Text($"{Width}")),
        new XAttribute("height", Text($"{height:0.#}")),
        new XAttribute("font-family", "system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif"),
        new XAttribute("role", "img"),
        new XElement(Svg + "title", Printable(title)),
        new XElement(Svg + "desc", Printable(description)),
        new XElement(Svg + "style", ChartStyle.Css),
        new XElement(Svg + "rect", new XAttribute("class", "paper"), new XAttribute("width", "100%"), new XAttribute("height", "100%")),
        content);

    public static XElement Line(double x1, double y1, double x2, double y2, string kind) => new(
        Svg + "line",
        new XAttribute("class", kind),
        new XAttribute("x1", Text($"{x1:0.#}")),
        new XAttribute("y1", Text($"{y1:0.#}")),
        new XAttribute("x2", Text($"{x2:0.#}")),
        new XAttribute("y2", Text($"{y2:0.#}")));

    // What is there has to be seen, however short it was.
    public static XElement Box(double left, double top, double right, double bottom, string kind, string? tip = null) => new(
        Svg + "rect",
        new XAttribute("class", kind),
        new XAttribute("x", Text($"{left:0.#}")),
        new XAttribute("y", Text($"{top:0.#}")),
        new XAttribute("width", Text($"{Math.Max(right - left, 1.5):0.#}")),
        new XAttribute("height", Text($"{bottom - top:0.#}")),
        tip is null ? null : new XElement(Svg + "title", Printable(tip)));

    public static IEnumerable<XElement> Path(string kind, string strokes) =>
        strokes.Length == 0 ? [] : [new XElement(Svg + "path", new XAttribute("class", kind), new XAttribute("d", strokes))];

    public static XElement Label(double x, double y, string text, string kind = "soft", string anchor = "start", double size = 12, bool bold = false, string? whole = null) => new(
        Svg + "text",
        new XAttribute("class", kind),
        new XAttribute("x", Text($"{x:0.#}")),
        new XAttribute("y", Text($"{y:0.#}")),
        anchor == "start" ? null : new XAttribute("text-anchor", anchor),
        new XAttribute("font-size", Text($"{size}")),
        bold ? new XAttribute("font-weight", "600") : null,
        Printable(text),
        whole is null || whole == text ? null : new XElement(Svg + "title", Printable(whole)));

    // Names come from people and systems: escape sequences of terminals have no place in XML, and marks of direction would turn the rest of a line around.
    public static string Printable(string text) =>
        string.Concat(text.EnumerateRunes().Select(rune => Rune.IsControl(rune) || rune.Value is 0xfffe or 0xffff or (>= 0x202a and <= 0x202e) or (>= 0x2066 and <= 0x2069) ? "\u00b7" : rune.ToString()));
}
