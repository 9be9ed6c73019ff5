using CsCheck;

namespace ChaosHarness.SystemFiles.Tests.Files;

/// <summary>What holds of every file, however it came to be.</summary>
public sealed class SystemFileLawTests
{
    private static readonly string Sample = File.ReadAllText(Repository.Sample);
    private static readonly string[] Pieces = ["\t", "&a ", "*a", "!x ", "[", "]", "{", "}", ": ", "- ", "\n", "'", "\"", "\0", "\u2028", "|", ">", "%", "---\n", "${X}", "system", "\uD800", "null"];

    [Test]
    public void Whatever_is_put_into_a_file_it_is_read_or_its_mistakes_are_within_it() =>
        Gen.Select(Gen.Int[0, Sample.Length], Gen.Int[0, 8], Gen.Int[0, Pieces.Length - 1].Select(piece => Pieces[piece])).List[1, 4].Sample(
            changes =>
            {
                var text = changes.Aggregate(Sample, (before, change) => Changed(before, change.Item1, change.Item2, change.Item3));
                try
                {
                    Assert.That(SystemFile.Parse(text, folder: Path.GetDirectoryName(Repository.Sample)!).Components, Is.Not.Empty);
                }
                catch (SystemFileException exception)
                {
                    Assert.That(exception.Mistakes, Is.Not.Empty);
                    Assert.That(exception.Mistakes.All(mistake => mistake.Line >= 1 && mistake.Line <= text.Split('\n').Length + 1 && mistake.Column >= 1), Is.True, exception.Message);
                }
            },
            iter: 1000);

    [Test]
    public void Any_text_is_read_or_refused() =>
        Gen.String[Gen.Char["abc:-[]{}&*!|>'\"%@`,#? \n\t0"], 0, 200].Sample(
            text => Assert.That(() => SystemFile.Parse(text), Throws.TypeOf<SystemFileException>()),
            iter: 1000);

    [Test]
    public void As_many_components_as_are_written_are_there_and_each_has_its_experiments() =>
        Gen.Int[1, 40].Sample(
            count =>
            {
                var file = SystemFile.Parse("system: s\nenvironment: local\nprobes: { tcp: 127.0.0.1:80 }\ncomponents:\n" + string.Concat(Enumerable.Range(0, count).Select(number => $"  - {{ name: c{number}, zone: z{number % 3}, process: p{number}, start: [true] }}\n")));
                Assert.That((file.Components.Count, file.AllCases.Count), Is.EqualTo((count, (2 * count) + Enumerable.Range(0, count).GroupBy(number => number % 3).Count(zone => zone.Count() > 1) + 1)));
                Assert.That(file.AllCases.Select(one => one.ToString()), Is.Unique);
            },
            iter: 40);

    private static string Changed(string text, int at, int removed, string added)
    {
        at = Math.Min(at, text.Length);
        return text[..at] + added + text[Math.Min(text.Length, at + removed)..];
    }
}
