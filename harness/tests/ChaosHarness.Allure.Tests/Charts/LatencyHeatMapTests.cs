using System.Xml.Linq;
using ChaosHarness.Experiments;
using ChaosHarness.Histories;
using ChaosHarness.Allure.Charts;
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
        Assert.That(Cells(drawn, "#172554"), Is.EqualTo(120).Within(2));
        Assert.That(Cells(drawn, "#3b82f6"), Is.EqualTo(60).Within(2));
        Assert.That(Cells(drawn, "#dbeafe"), Is.Zero);
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
        drawn.Descendants().Where(element => element.Name.LocalName == "path" && element.Attribute("fill")?.Value == shade).Sum(path => path.Attribute("d")!.Value.Count(c => c == 'M'));

    private static XElement Draw(IReadOnlyList<Observation> observations) =>
        XElement.Parse(LatencyHeatMap.Draw(Records.Run with { Observations = [new ObservationSeries("orders", default, observations)] }));
}
