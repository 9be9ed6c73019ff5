namespace ChaosHarness.Tool.Tests;

/// <summary>What commands say on a narrow terminal, and to a file.</summary>
public sealed class LinesTests
{
    private const string Sentence = "DR scorecard: 100% of 4 runs passed in 30 days";

    [TestCase(20, "DR scorecard: 100%\nof 4 runs passed in\n30 days\n")]
    [TestCase(1000, Sentence + "\n")]
    [TestCase(null, Sentence + "\n")]
    public void A_sentence_is_broken_at_blanks_where_it_has_to_be(int? width, string expected) => Assert.That(Written(Sentence, width), Is.EqualTo(expected));

    [Test]
    public void An_address_is_left_whole() => Assert.That(Written("Scorecard: file:///a/very/long/address/of/a/page.html", 20), Is.EqualTo("Scorecard:\nfile:///a/very/long/address/of/a/page.html\n"));

    [Test]
    public void Names_of_others_do_nothing_to_a_terminal() => Assert.That(Written("a\u001b[31mb", 80), Is.EqualTo("a\u00b7[31mb\n"));

    private static string Written(string text, int? width)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        Lines.Write(writer, text, width);
        return writer.ToString();
    }
}
