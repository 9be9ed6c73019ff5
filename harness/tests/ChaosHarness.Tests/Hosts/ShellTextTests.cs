using System.Diagnostics;
using System.Text;
using ChaosHarness.Hosts;
using CsCheck;

namespace ChaosHarness.Tests.Hosts;

[Platform(Exclude = "Win", Reason = "It needs a shell of Unix.")]
public sealed class ShellTextTests
{
    // Many words a script: a shell for each would take long.
    private static readonly Gen<string[]> Words = Gen.OneOf(Gen.Char[(char)1, (char)255], Gen.Char["'\"\\$`\n\r!~*=- \t#;"]).Array[0, 12].Select(chars => new string(chars)).Array[1, 40];

    [TestCase("sh")]
    [TestCase("bash")]
    public void A_shell_gives_any_bytes_to_a_program_as_they_are(string shell) => Words.Sample(
        words =>
        {
            // Each character stands for one byte: what makes no sense in UTF-8 is passed on too.
            var given = Encoding.Latin1.GetString(Run(shell, $"printf '%s\\0' {ShellText.Of(words)}\n"));
            Assert.That(given.Split('\0')[..^1], Is.EqualTo(words));
        },
        iter: 100);

    [TestCase("plain-word_1.5:/x", "plain-word_1.5:/x")]
    [TestCase("", "''")]
    [TestCase("A=b", "'A=b'")]
    [TestCase("it's", @"'it'\''s'")]
    public void What_means_something_is_quoted(string word, string quoted) => Assert.That(ShellText.Quoted(word), Is.EqualTo(quoted));

    private static byte[] Run(string shell, string script)
    {
        using var process = Process.Start(new ProcessStartInfo(shell) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        process.StandardInput.BaseStream.Write(Encoding.Latin1.GetBytes(script));
        process.StandardInput.Close();
        var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        return output.ToArray();
    }
}
