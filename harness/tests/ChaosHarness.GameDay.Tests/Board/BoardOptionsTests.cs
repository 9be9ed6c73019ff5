using ChaosHarness.GameDay.Board;

namespace ChaosHarness.GameDay.Tests.Board;

public sealed class BoardOptionsTests
{
    [TestCase("on", "127.0.0.1", 0)]
    [TestCase("5100", "127.0.0.1", 5100)]
    [TestCase("0.0.0.0:5100", "0.0.0.0", 5100)]
    [TestCase("[::1]:5100", "::1", 5100)]
    public void It_answers_where_it_is_told_to(string text, string host, int port)
    {
        Assert.That(BoardOptions.TryParse(text, out var options), Is.True);
        Assert.That((options!.Host.ToString(), options.Port), Is.EqualTo((host, port)));
    }

    [TestCase("")]
    [TestCase("off")]
    public void Without_it_there_is_none(string text)
    {
        Assert.That(BoardOptions.TryParse(text, out var options), Is.True);
        Assert.That(options, Is.Null);
    }

    [TestCase("yes")]
    [TestCase("0")]
    [TestCase("65536")]
    [TestCase("-1")]
    [TestCase("host:5100")]
    [TestCase(":5100")]
    [TestCase("127.0.0.1:")]
    [TestCase("5 100")]
    public void What_is_no_address_is_refused(string text) => Assert.That(BoardOptions.TryParse(text, out _), Is.False);

    [Test]
    public void The_profile_is_told_what_is_wrong()
    {
        using var shop = new Shop();

        Assert.That(() => new GameDayBoard().Create(shop.Settings with { Parameters = new Dictionary<string, string> { ["Chaos.Board"] = "yes" } }), Throws.InstanceOf<FormatException>().With.Message.EqualTo("Chaos.Board is 'yes', but must be off, on (this machine alone, a free port), a port such as 5100, or an address with a port, such as 0.0.0.0:5100."));
        Assert.That(new GameDayBoard().Create(shop.Settings), Is.Null);
    }
}
