using ChaosHarness.Aws.Templates;
using CsCheck;

namespace ChaosHarness.Aws.Tests.Templates;

/// <summary>Small values of templates: durations, selections, costs.</summary>
public sealed class FisValuesTests
{
    [TestCase("PT1M", 60)]
    [TestCase("PT1H30M", 5400)]
    [TestCase("PT90S", 90)]
    [TestCase("P1D", 86400)]
    public void Durations_are_read(string text, int seconds)
    {
        Assert.That(FisDuration.TryParse(text, out var duration), Is.True);
        Assert.That(duration.TotalSeconds, Is.EqualTo(seconds));
    }

    [TestCase("5m")]
    [TestCase("")]
    [TestCase("-PT5M")]
    [TestCase("PT")]
    [TestCase("PT99999999999999999H")]
    public void Other_texts_are_no_durations(string text) => Assert.That(FisDuration.TryParse(text, out _), Is.False);

    [Test]
    public void Durations_are_written_as_they_are_read() => Gen.Int[60, 43_200].Sample(seconds =>
        FisDuration.TryParse(FisDuration.Format(TimeSpan.FromSeconds(seconds)), out var read) && read.TotalSeconds == seconds);

    [TestCase("ALL", 5, 5)]
    [TestCase("COUNT(2)", 5, 2)]
    [TestCase("COUNT(9)", 5, 5)]
    [TestCase("PERCENT(50)", 5, 2)]
    [TestCase("PERCENT(100)", 5, 5)]
    [TestCase("PERCENT(10)", 5, 0)]
    public void A_selection_takes_so_many(string text, int found, int taken) => Assert.That(SelectionMode.Parse(text)!.Of(found), Is.EqualTo(taken));

    [TestCase("all")]
    [TestCase("COUNT(0)")]
    [TestCase("PERCENT(101)")]
    [TestCase("COUNT(99999999999)")]
    [TestCase("COUNT(1) ")]
    public void Other_texts_select_nothing(string text) => Assert.That(SelectionMode.Parse(text), Is.Null);

    [Test]
    public void A_selection_never_takes_more_than_there_is() => Gen.Select(Gen.OneOf(Gen.Int[1, 100].Select(number => $"PERCENT({number})"), Gen.Int[1, 1000].Select(number => $"COUNT({number})")), Gen.Int[0, 500])
        .Sample((text, found) => SelectionMode.Parse(text)!.Of(found) is var taken && taken >= 0 && taken <= found);

    [Test]
    public void Begun_minutes_cost_in_full()
    {
        var template = FisTemplate.For("cost", "arn:aws:iam::111122223333:role/fis")
            .Target("web", FisTarget.Instances.WithTag("a", "b"))
            .Do("stop", FisAction.StopInstances("web", "90s"))
            .Do("reboot", FisAction.RebootInstances("web"))
            .Do("wait", FisAction.Wait("5m"))
            .ToRequest();

        Assert.That(FisCost.ActionMinutes(template), Is.EqualTo(2 + 1 + 5));
        Assert.That(FisCost.Describe(template), Is.EqualTo("about 8 action-minutes, 0.80 USD at 0.10 USD each"));
    }
}
