using ChaosHarness.Timing;
using CsCheck;

namespace ChaosHarness.Tests.Timing;

public sealed class OutwardTests
{
    [TestCase(1_024_999, "102ms", "103ms")]
    [TestCase(10_249_999, "1.02s", "1.03s")]
    [TestCase(10_200_000, "1.02s", "1.02s")]
    [TestCase(0, "0s", "0s")]
    [TestCase(1, "0.1us", "0.1us")]
    [TestCase(9_996, "990us", "1ms")]
    [TestCase(9_995, "990us", "1ms")]
    [TestCase(9_995_000, "990ms", "1s")]
    [TestCase(999_500, "99ms", "100ms")]
    [TestCase(99_950, "9.9ms", "10ms")]
    [TestCase(999_400_001, "99.9s", "1m 40s")]
    [TestCase(1_250_000_001, "2m 5s", "2m 6s")]
    [TestCase(863_999_999_999, "23h 59m 59s", "1d")]
    [TestCase(864_000_000_001, "1d", "1d 1m")]
    public void The_lower_bound_is_rounded_down_and_the_upper_up(long ticks, string atLeast, string atMost) =>
        Assert.That((Outward.AtLeast(new TimeSpan(ticks)), Outward.AtMost(new TimeSpan(ticks))), Is.EqualTo((atLeast, atMost)));

    [Test]
    public void What_is_shown_never_says_more_than_what_is_known() => Gen.Long[0, 990_000_000].Sample(ticks =>
        DurationText.Parse(Outward.AtLeast(new TimeSpan(ticks))).Ticks <= ticks && DurationText.Parse(Outward.AtMost(new TimeSpan(ticks))).Ticks >= ticks);
}
