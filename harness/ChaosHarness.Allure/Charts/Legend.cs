using System.Xml.Linq;
using static ChaosHarness.Allure.Charts.Drawing;

namespace ChaosHarness.Allure.Charts;

/// <summary>What the marks of a chart mean: those that are on it, and no others.</summary>
internal static class Legend
{
    private const double Row = 18;
    private const double Size = 11;
    private static readonly (string Kind, string Meaning)[] Boxes =
    [
        ("good", "answered well"), ("bad", "failed, or no answer"), ("fault", "fault in force"), ("weakness", "weakness beforehand"), ("rto", "allowed by the RTO"), ("rta", "served again within"), ("never", "not served again"),
        ("noticed", "noticed"), ("open", "breaker open"), ("half", "breaker half open"), ("closed", "breaker closed"),
    ];

    private static readonly (string Kind, string Meaning)[] Lines = [("median", "median latency"), ("slowest", "slowest"), ("failed", "time to failure"), ("strike", "strike")];

    /// <summary>Draws it.</summary>
    /// <param name="drawn">What is on the chart.</param>
    /// <param name="top">Its upper edge.</param>
    /// <returns>Its elements, and where it ends.</returns>
    public static (IReadOnlyList<XElement> Elements, double Bottom) Of(IReadOnlyList<XElement> drawn, double top)
    {
        var kinds = drawn.Select(element => element.Attribute("class")?.Value).ToHashSet(StringComparer.Ordinal);
        var elements = new List<XElement>();
        var (x, y) = (16.0, top);
        foreach (var (kind, meaning, isLine) in Boxes.Select(box => (box.Kind, box.Meaning, false)).Concat(Lines.Select(line => (line.Kind, line.Meaning, true))).Where(entry => kinds.Contains(entry.Kind)))
        {
            var width = 22 + TextFit.Width(meaning, Size) + 16;
            if (x + width > Width)
            {
                (x, y) = (16, y + Row);
            }

            elements.AddRange(kind == "failed" ? Path(kind, Text($"M{x + 5:0.#} {y + 3:0.#}l6 6m0-6l-6 6")) : isLine ? Path(kind, Text($"M{x:0.#} {y + 6:0.#}h16")) : [Box(x, y + 1, x + 16, y + 11, kind)]);
            elements.Add(Label(x + 22, y + 10, meaning, size: Size));
            x += width;
        }

        return (elements, elements.Count == 0 ? top : y + Row);
    }
}
