using ChaosHarness.Reports.Papers;
using ChaosHarness.Reports.Tests.Retrospectives;
using CsCheck;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ChaosHarness.Reports.Tests.Papers;

public sealed class MarkdownTextTests
{
    private static readonly MarkdownPipeline Reader = new MarkdownPipelineBuilder().UsePipeTables().UseAutoLinks().UseTaskLists().UseEmphasisExtras().UseFootnotes().UseMathematics().Build();

    private static readonly string[] Fragments = ["-", "+", "*", "1.", "2)", "#", ">", "=", "==", "---", "|", "`", "```", "~~~", "$", "$$", "<b>", "</b>", "&amp;", "&", "\\", "[x](y)", "![x](y)", "[ ]", "<http://a.b>", "https://a.example", "www.a.example", "mailto:a@b.example", "ftp://a.example/x", "@ann", "a@b.example", "\n", "\r\n", "\t", " ", "    ", "x", "7", "_", "__", "^1", "[^1]: x", ":", "\u2028", "\u0000"];

    // What means something in Markdown, often.
    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.String,
        Gen.Int[0, Fragments.Length - 1].Select(index => Fragments[index]).Array[0, 12].Select(string.Concat));

    [Test]
    public void Whatever_a_text_holds_it_reads_back_as_that_text_and_is_neither_markup_nor_a_link() => Texts.Sample(text =>
    {
        var document = Markdown.Parse($"{MarkdownText.AtStart(text)}\n", Reader);
        return document.All(block => block is ParagraphBlock) && document.Count <= 1 && document.Descendants<Inline>().All(IsText) && Read(document) == MarkdownText.Printable(text).Trim();
    });

    [Test]
    public void In_a_list_and_in_a_table_it_stays_within_its_place() => Texts.Sample(text =>
    {
        var document = Markdown.Parse($"- {MarkdownText.AtStart(text)}x\n\n| a | b |\n|---|---|\n| {MarkdownText.Of(text)} | x |\n", Reader);
        return document.Count == 2
            && document[0] is ListBlock { Count: 1 } list && list[0] is ListItemBlock { Count: 1 } item && item[0] is ParagraphBlock
            && document[1] is Markdig.Extensions.Tables.Table { Count: 2 } table
            && table.OfType<Markdig.Extensions.Tables.TableRow>().All(row => row.Count == 2)
            && document.Descendants<Inline>().All(IsText);
    });

    [Test]
    public void Nobody_is_mentioned_and_no_address_is_made_a_link_of() =>
        Assert.That(MarkdownText.Of("@ann https://x www.x 12:30 a: b"), Is.EqualTo("&#64;&#8288;ann https\\://x www\\.x 12:30 a: b"));

    [Test]
    public void What_is_harmful_in_a_heading_is_one_heading()
    {
        var document = Markdown.Parse($"## {MarkdownText.Of(DrilledRecords.Hostile)}\n", Reader);

        Assert.That(document, Has.Count.EqualTo(1).And.All.InstanceOf<HeadingBlock>());
        Assert.That(document.Descendants<Inline>().Where(inline => !IsText(inline)), Is.Empty);
    }

    private static bool IsText(Inline inline) => inline is LiteralInline or HtmlEntityInline or ContainerInline { FirstChild: not null } and not LinkInline and not EmphasisInline || inline.GetType() == typeof(ContainerInline);

    private static string Read(MarkdownDocument document) => string.Concat(document.Descendants<Inline>().Select(inline => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        HtmlEntityInline entity => entity.Transcoded.ToString(),
        _ => "",
    })).Replace("\u2060", "", StringComparison.Ordinal);
}
