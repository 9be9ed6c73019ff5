using ChaosHarness.Allure.Charts;
using CsCheck;

namespace ChaosHarness.Allure.Tests.Charts;

public sealed class TextFitTests
{
    [TestCase("orders-a/recommendations", new[] { "orders-a/", "recommendations" })]
    [TestCase("two words", new[] { "two words" })]
    [TestCase("some words that are too long for it", new[] { "some words that", "are too long for it" })]
    [TestCase("unbreakableunbreakable", new[] { "unbreakableunbreak", "able" })]
    [TestCase("one two three four five six seven eight nine ten eleven", new[] { "one two three four", "five six seven eight", "nine ten eleven" })]
    [TestCase("   ", new string[0])]
    public void A_text_is_broken_where_words_end(string text, string[] lines) => Assert.That(TextFit.Lines(text, 115, 11, 3), Is.EqualTo(lines));

    [Test]
    public void What_does_not_fit_is_cut_off_and_shows_that()
    {
        Assert.That(TextFit.Line("some words that are too long for it", 115, 11), Is.EqualTo("some words that a\u2026"));
        Assert.That(TextFit.Line("it fits", 115, 11), Is.EqualTo("it fits"));
        Assert.That(TextFit.Line("\U0001f468\u200d\U0001f469\u200d\U0001f467 family", 40, 12), Does.StartWith("\U0001f468\u200d\U0001f469\u200d\U0001f467").Or.EqualTo("\u2026"), "never through the middle of a character");
    }

    [Test]
    public void Every_text_fits_whatever_it_is_made_of() =>
        Gen.Select(Gen.OneOf(Gen.String, Gen.String[Gen.Char["aW -\u4e2d"], 0, 200]), Gen.Double[20, 400], Gen.Int[1, 4]).Sample((text, width, most) =>
        {
            var lines = TextFit.Lines(text, width, 11, most);
            return lines.Count <= most && lines.All(line => line.Length > 0 && (TextFit.Width(line, 11) <= width + 0.001 || line.Length <= 2 || line.Length <= FirstElement(line) + 1))
                && (string.Concat(lines).Contains('\u2026', StringComparison.Ordinal) || Without(string.Concat(lines)) == Without(text));
        }, iter: 2_000);

    private static int FirstElement(string text) => System.Globalization.StringInfo.GetNextTextElementLength(text);

    private static string Without(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}
