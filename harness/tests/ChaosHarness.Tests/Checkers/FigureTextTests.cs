using ChaosHarness.Checkers;

namespace ChaosHarness.Tests.Checkers;

public sealed class FigureTextTests
{
    [TestCase(1.02, 1.05, "s", "1.02s..1.05s")]
    [TestCase(0.25, 0.25, "s", "250ms")]
    [TestCase(60, null, "s", "more than 60s")]
    [TestCase(60, double.PositiveInfinity, "s", "more than 60s")]
    [TestCase(null, 2, "s", "at most 2s")]
    [TestCase(null, null, "s", "not known")]
    [TestCase(0, 0, "count", "0")]
    [TestCase(1200, 1201, "count", "1200..1201")]
    [TestCase(0.999, 0.999, "ratio", "99.9%")]
    [TestCase(0.9999999, 0.9999999, "ratio", "99.999%")]
    [TestCase(1, 1, "ratio", "100%")]
    [TestCase(1.5, 2, "MB", "1.5 MB..2 MB")]
    public void Values_read_as_people_write_them(double? lower, double? upper, string unit, string text) =>
        Assert.That(FigureText.ValueOf(new Figure("any", "", new Unit(unit), lower, upper)), Is.EqualTo(text));

    [Test]
    public void Names_say_what_they_are_of()
    {
        Assert.That(FigureText.NameOf(Figure.Exact(FigureNames.RecoveryTime, "orders", Unit.Seconds, 1)), Is.EqualTo("recovery time of orders"));
        Assert.That(FigureText.NameOf(Figure.Exact(FigureNames.LostWrites, "", Unit.Count, 1)), Is.EqualTo("lost writes"));
    }
}
