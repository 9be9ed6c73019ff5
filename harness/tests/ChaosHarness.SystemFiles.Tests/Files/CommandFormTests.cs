using ChaosHarness.SystemFiles.Forms;

namespace ChaosHarness.SystemFiles.Tests.Files;

public sealed class CommandFormTests
{
    [TestCase("a b  c", new[] { "a", "b", "c" })]
    [TestCase("  a 'b c' ", new[] { "a", "b c" })]
    [TestCase("a \"it's\" ''", new[] { "a", "it's", "" })]
    [TestCase("a $HOME; rm *", new[] { "a", "$HOME;", "rm", "*" })]
    [TestCase("a --b='c d'", new[] { "a", "--b=c d" })]
    public void Blanks_part_words_unless_they_are_quoted_and_nothing_else_means_anything(string line, string[] words) => Assert.That(CommandForm.Words(line), Is.EqualTo(words));

    [Test]
    public void A_quotation_mark_that_is_not_closed_is_no_command() => Assert.That(CommandForm.Words("a 'b"), Is.Null);
}
