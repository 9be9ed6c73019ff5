using ChaosHarness.Timing;
using CsCheck;

namespace ChaosHarness.Tests.Timing;

public sealed class DurationTextTests
{
    [TestCase("250ms", 250)]
    [TestCase("30s", 30_000)]
    [TestCase("5m", 300_000)]
    [TestCase("1.5h", 5_400_000)]
    [TestCase("2d", 172_800_000)]
    [TestCase("1d 6h", 108_000_000)]
    [TestCase("500us", 0.5)]
    [TestCase(" 2 S ", 2_000)]
    [TestCase("0s", 0)]
    public void Reads_a_number_and_a_unit(string text, double milliseconds) =>
        Assert.That(DurationText.Parse(text), Is.EqualTo(TimeSpan.FromMilliseconds(milliseconds)));

    [TestCase("")]
    [TestCase(null)]
    [TestCase("s")]
    [TestCase("30")]
    [TestCase("-1s")]
    [TestCase("1,5s")]
    [TestCase("1e3s")]
    [TestCase("NaNs")]
    [TestCase("999999999999999h")]
    [TestCase("1 s s")]
    [TestCase("1h 2d")]
    public void Refuses_anything_else_and_says_how_to_write_it(string? text)
    {
        Assert.That(DurationText.TryParse(text, out _), Is.False);
        Assert.That(() => DurationText.Parse(text!), Throws.TypeOf<FormatException>().With.Message.Contains("250ms"));
    }

    [TestCase(0, "0s")]
    [TestCase(0.85, "850us")]
    [TestCase(12.5, "12.5ms")]
    [TestCase(999.4, "999ms")]
    [TestCase(999.6, "1s")]
    [TestCase(1240, "1.24s")]
    [TestCase(99_940, "99.9s")]
    [TestCase(125_000, "2m 5s")]
    [TestCase(120_000, "2m")]
    [TestCase(3_600_000, "1h")]
    [TestCase(5_405_000, "1h 30m 5s")]
    [TestCase(172_800_000, "2d")]
    [TestCase(183_845_000, "2d 3h 4m")]
    [TestCase(86_405_000, "1d")]
    [TestCase(-10, "-10ms")]
    public void Writes_three_figures_in_the_unit_that_fits(double milliseconds, string expected) =>
        Assert.That(DurationText.Format(TimeSpan.FromMilliseconds(milliseconds)), Is.EqualTo(expected));

    [Test]
    public void Reads_what_it_wrote_of_long_ones_to_the_minute() => Gen.Long[TimeSpan.TicksPerSecond * 100, TimeSpan.TicksPerDay * 400].Sample(ticks =>
        (TimeSpan.FromTicks(ticks) - DurationText.Parse(DurationText.Format(TimeSpan.FromTicks(ticks)))).Ticks is >= 0 and < TimeSpan.TicksPerMinute);

    [Test]
    public void Reads_what_it_wrote_to_within_its_figures() => Gen.Long[1, TimeSpan.TicksPerSecond * 99].Sample(ticks =>
    {
        var duration = TimeSpan.FromTicks(ticks);
        var read = DurationText.Parse(DurationText.Format(duration));
        return Math.Abs((read - duration).Ticks) <= Math.Max(duration.Ticks * 0.006, 5);
    });
}
