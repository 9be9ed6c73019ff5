using ChaosHarness.Checkers.Answers;

namespace ChaosHarness.Tests.Checkers.Answers;

public sealed class PercentageTests
{
    [TestCase("99.9%", 999, 1000, true)]
    [TestCase("99.9%", 998, 1000, false)]
    [TestCase("99.99%", 9_999, 10_000, true)]
    [TestCase("99.99%", 99_989, 100_000, false)]
    [TestCase("29%", 29, 100, true)]
    [TestCase("100%", 100, 100, true)]
    [TestCase("100%", 99_999_999, 100_000_000, false)]
    [TestCase("0%", 0, 1, true)]
    [TestCase("0%", 0, 0, false)]
    [TestCase(" 57.1 % ", 571, 1000, true)]
    public void A_share_is_compared_with_a_percentage_as_it_is_written(string text, long good, long due, bool isMet) =>
        Assert.That(new Share(good, due).IsAtLeast(Percentage.Parse(text)), Is.EqualTo(isMet));

    // Of each of these some binary product or quotient is off in the last digit.
    [Test]
    public void The_same_holds_for_every_thousandth()
    {
        for (var thousandths = 0; thousandths <= 1000; thousandths++)
        {
            Assert.That(Percentage.TryFrom(thousandths / 1000.0, out var least), Is.True);
            Assert.That(new Share(thousandths, 1000).IsAtLeast(least), Is.True, $"{thousandths} of 1000");
            Assert.That(new Share(thousandths * 7, 7000).IsAtLeast(Percentage.Parse($"{thousandths / 10}.{thousandths % 10}%")), Is.True, $"{thousandths} of 1000");
            Assert.That(new Share((thousandths * 7) - 1, 7000).IsAtLeast(least), Is.False, $"one less than {thousandths} of 1000");
        }
    }

    [TestCase("99.5")]
    [TestCase("101%")]
    [TestCase("100.0001%")]
    [TestCase("-1%")]
    [TestCase("%")]
    [TestCase("NaN%")]
    [TestCase("1e2%")]
    [TestCase("")]
    [TestCase(null)]
    public void Anything_else_is_refused_with_an_example(string? text)
    {
        Assert.That(() => Percentage.Parse(text!), Throws.TypeOf<FormatException>().With.Message.Contains("99.5%"));
        Assert.That(Percentage.TryParse(text, out _), Is.False);
    }

    [TestCase(-0.0001, false)]
    [TestCase(0, true)]
    [TestCase(1, true)]
    [TestCase(1.0001, false)]
    [TestCase(double.NaN, false)]
    public void A_ratio_is_from_zero_to_one(double ratio, bool isOne) => Assert.That(Percentage.TryFrom(ratio, out _), Is.EqualTo(isOne));

    [Test]
    public void It_is_written_as_it_is_read()
    {
        Assert.That(Percentage.Parse("99.950 %").ToString(), Is.EqualTo("99.95%"));
        Assert.That(Percentage.Parse("0%").ToString(), Is.EqualTo("0%"));
        Assert.That(Percentage.TryFrom(0.999, out var from) ? from : default, Is.EqualTo(Percentage.Parse("99.9%")));
    }

    [TestCase(3891, 4001, "97.25% (3891 of 4001)")]
    [TestCase(999_999, 1_000_000, "99.99% (999999 of 1000000)")]
    [TestCase(5, 5, "100% (5 of 5)")]
    [TestCase(0, 5, "0% (0 of 5)")]
    public void A_share_is_rounded_down_so_that_100_percent_means_all(long good, long due, string text) =>
        Assert.That(new Share(good, due).ToString(), Is.EqualTo(text));
}
