using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using ChaosHarness.Aspire.Signals;

namespace ChaosHarness.Aspire.Tests.Signals;

public sealed class LogNewsTests
{
    private LogNews _news = null!;

    [SetUp]
    public void Begin() => _news = new LogNews(DateTimeOffset.Parse("2026-11-27T12:00:10Z", CultureInfo.InvariantCulture));

    [Test]
    public void What_was_written_before_is_no_news()
    {
        Assert.That(Say(1, "2026-11-27T12:00:09.9990000Z old"), Is.Null);
        Assert.That(Say(2, "2026-11-27T12:00:10.0010000Z new"), Is.EqualTo("new"));
    }

    [Test]
    public void What_was_told_once_is_not_told_again_when_it_is_passed_on_from_the_beginning()
    {
        string[] lines = ["2026-11-27T12:00:09Z a", "2026-11-27T12:00:11Z b", "2026-11-27T12:00:11Z c"];
        var first = lines.Select((line, number) => Say(number, line)).ToList();
        var again = lines.Append("2026-11-27T12:00:12Z d").Select((line, number) => Say(number, line)).ToList();

        Assert.That(first, Is.EqualTo(new[] { null, "b", "c" }), "lines of one moment are two");
        Assert.That(again, Is.EqualTo(new[] { null, null, null, "d" }));
    }

    [Test]
    public void Lines_that_are_counted_anew_after_a_restart_are_news()
    {
        Say(500, "2026-11-27T12:00:11Z last");

        Assert.That(Say(1, "2026-11-27T12:00:15Z first"), Is.EqualTo("first"));
    }

    [Test]
    public void Colours_are_left_out_and_a_huge_line_is_cut()
    {
        Assert.That(Say(1, "2026-11-27T12:00:11Z \e[40m\e[32minfo\e[39m: well"), Is.EqualTo("info: well"));
        Assert.That(Say(2, "2026-11-27T12:00:12Z " + new string('x', 1_000_000)), Has.Length.EqualTo(4_000));
        Assert.That(Say(3, "no time"), Is.EqualTo("no time"));
        Assert.That(Say(4, ""), Is.Empty);
    }

    private string? Say(int number, string content) => _news.Next(new LogLine(number, content, IsErrorMessage: false));
}
