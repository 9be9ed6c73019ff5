using ChaosHarness.Safety;

namespace ChaosHarness.Tests.Safety;

public sealed class TerminalTextTests
{
    // What steers a terminal, and what turns the direction of writing, from the first of them to the last.
    [TestCase("\u0000\u001b[31m\u0007\n\t\u007f\u009f", "\u00b7\u00b7[31m\u00b7\u00b7\u00b7\u00b7\u00b7", TestName = "control characters")]
    [TestCase("\u2029\u202a\u202b\u202c\u202d\u202e\u202f", "\u2029\u00b7\u00b7\u00b7\u00b7\u00b7\u202f", TestName = "overrides of direction")]
    [TestCase("\u2065\u2066\u2067\u2068\u2069\u206a", "\u2065\u00b7\u00b7\u00b7\u00b7\u206a", TestName = "isolates of direction")]
    [TestCase("a plain text, \u00e4 \u4e2d \U0001f600 [markup]", "a plain text, \u00e4 \u4e2d \U0001f600 [markup]")]
    [TestCase("", "")]
    public void Nothing_in_a_text_steers_the_terminal(string text, string shown) => Assert.That(TerminalText.Of(text), Is.EqualTo(shown));
}
