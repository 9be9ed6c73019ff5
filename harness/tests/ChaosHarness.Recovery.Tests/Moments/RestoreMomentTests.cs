using ChaosHarness.Recovery.Moments;

namespace ChaosHarness.Recovery.Tests.Moments;

public sealed class RestoreMomentTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Test]
    public void A_random_moment_lies_within_the_time_and_is_the_same_for_the_same_seed()
    {
        var moments = Enumerable.Range(0, 1000).Select(seed => RestoreMoment.Random("24h", seed).Of(Now)!.Value).ToList();

        Assert.That(moments, Is.All.InRange(Now.AddHours(-24), Now));
        Assert.That(moments.Count(moment => moment < Now.AddHours(-12)), Is.InRange(400, 600));
        Assert.That(RestoreMoment.Random("24h", 7).Of(Now), Is.EqualTo(moments[7]));
    }

    [Test]
    public void What_was_is_as_long_ago_as_was_said_and_the_latest_is_no_moment()
    {
        Assert.That(RestoreMoment.Ago("90s").Of(Now), Is.EqualTo(Now.AddSeconds(-90)));
        Assert.That(RestoreMoment.Latest("1m").Of(Now), Is.Null);
    }

    [Test]
    public void What_is_no_time_is_named() => Assert.That(
        new[] { RestoreMoment.Ago("soon"), RestoreMoment.Random("7 days"), RestoreMoment.Latest("-1s"), RestoreMoment.Latest(), RestoreMoment.Ago("0s") }.Select(moment => moment.Mistake),
        Is.EqualTo(new[] { "RestoreMoment.Ago: 'soon' is not a duration such as 10s.", "RestoreMoment.Random: '7 days' is not a duration such as 10s.", "RestoreMoment.Latest: '-1s' is not a duration such as 10s.", null, null }));
}
