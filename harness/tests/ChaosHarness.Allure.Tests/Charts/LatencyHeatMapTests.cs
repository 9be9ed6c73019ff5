using System.Xml.Linq;
using ChaosHarness.Allure.Charts;
using ChaosHarness.Checkers;
using ChaosHarness.Experiments;
using ChaosHarness.Histories;
using ChaosHarness.Probes;

namespace ChaosHarness.Allure.Tests.Charts;

public sealed class LatencyHeatMapTests
{
    [Test]
    public void Two_groups_of_customers_are_two_bands_and_a_single_one_is_dark()
    {
        // One request in five waits 800 ms in the second half.
        List<Observation> observations = [.. Enumerable.Range(0, 1000).Select(k => new Observation(
            k,
            TimeSpan.FromMilliseconds(10 * k),
            TimeSpan.FromMilliseconds(10 * k),
            TimeSpan.FromMilliseconds((10 * k) + (k >= 500 && k % 5 == 0 ? 800 : 2)),
            OperationVerdict.Good,
            null))];

        var drawn = Draw(observations);

        // 60 columns with every request alike, 60 with a fifth slow and four fifths quick.
        Assert.That(Cells(drawn, "g4"), Is.EqualTo(120).Within(2));
        Assert.That(Cells(drawn, "g2"), Is.EqualTo(60).Within(2));
        Assert.That(Cells(drawn, "g0"), Is.Zero);
    }

    [Test]
    public void What_failed_has_a_colour_of_its_own_also_where_it_took_as_long()
    {
        var drawn = Draw([.. Records.Observations(1200, k => k >= 600 && k % 2 == 0 ? OperationVerdict.Error : OperationVerdict.Good).Select(seen => seen with { Completed = seen.Due + TimeSpan.FromMilliseconds(2) })]);

        Assert.That(Cells(drawn, "g4"), Is.EqualTo(60).Within(1));
        Assert.That((Cells(drawn, "g3"), Cells(drawn, "b3")), Is.EqualTo((60, 60)), "side by side in one cell");
        Assert.That(drawn.Descendants().Single(element => element.Attribute("class")?.Value == "b3" && element.Name.LocalName == "path").Attribute("d")!.Value, Does.Contain("h3.5v"));
    }

    [Test]
    public void Its_axis_has_whole_powers_of_ten_and_the_line_that_was_promised()
    {
        var figures = new[] { new RecordedFigure(Figure.Exact(FigureNames.Latency(99), "orders", Unit.Seconds, 0.008), 0.5, true), new RecordedFigure(Figure.Exact(FigureNames.Latency(50), "others", Unit.Seconds, 0.008), 0.1, true) };
        var drawn = XElement.Parse(LatencyHeatMap.Draw(Records.Run with { Figures = figures }));
        var texts = drawn.Descendants().Where(element => element.Name.LocalName == "text").ToList();

        Assert.That(texts.Select(text => text.Value), Is.SupersetOf(new[] { "1ms", "10ms", "100ms", "1s", "p99 within 500ms" }).And.None.Contains("p50"));
        double Y(string label) => double.Parse(texts.Single(text => text.Value == label).Attribute("y")!.Value, System.Globalization.CultureInfo.InvariantCulture);
        var line = double.Parse(drawn.Descendants().Single(element => element.Attribute("class")?.Value == "limit").Attribute("y1")!.Value, System.Globalization.CultureInfo.InvariantCulture);
        Assert.That(line, Is.EqualTo(Y("1s") - 4 + ((Y("100ms") - Y("1s")) * -Math.Log10(0.5))).Within(0.2));
    }

    [Test]
    public void It_draws_whatever_there_is()
    {
        Assert.That(() => Draw([]), Throws.Nothing);
        Assert.That(() => Draw([new Observation(0, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, OperationVerdict.NotSent, null)]), Throws.Nothing);
    }

    [Test]
    public void Names_that_are_no_xml_do_not_break_it()
    {
        var result = Records.Run with { Name = "\u001b[31m <b> \ud800 \uffff \U0001f600", Observations = [Records.Series("orders", 10, _ => OperationVerdict.Good)] };

        var text = XElement.Parse(LatencyHeatMap.Draw(result)).Value;

        Assert.That(text, Does.Contain("\u00b7[31m <b> \ufffd \u00b7 \U0001f600"));
        Assert.That(() => XElement.Parse(TimelineChart.Draw(result)), Throws.Nothing);
    }

    private static int Cells(XElement drawn, string shade) =>
        drawn.Descendants().Where(element => element.Name.LocalName == "path" && element.Attribute("class")?.Value == shade).Sum(path => path.Attribute("d")!.Value.Count(c => c == 'M'));

    private static XElement Draw(IReadOnlyList<Observation> observations) =>
        XElement.Parse(LatencyHeatMap.Draw(Records.Run with { Observations = [new ObservationSeries("orders", default, observations)] }));
}
