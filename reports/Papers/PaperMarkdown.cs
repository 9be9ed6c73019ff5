using System.Globalization;
using System.Text;

namespace ChaosHarness.Reports.Papers;

/// <summary>Writes a paper as Markdown.</summary>
internal static class PaperMarkdown
{
    public static string Write(Paper paper)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {MarkdownText.Of(paper.Title)}\n\n{MarkdownText.AtStart(paper.Under)}\n");
        foreach (var section in paper.Sections)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {MarkdownText.Of(section.Title)}\n");
            foreach (var block in section.Blocks)
            {
                text.Append('\n');
                Write(text, block);
            }
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, PaperBlock block)
    {
        switch (block)
        {
            case Words words:
                text.Append(CultureInfo.InvariantCulture, $"{MarkdownText.AtStart(words.Text)}\n");
                break;
            case Grid grid:
                Write(text, grid);
                break;
            case Points points:
                text.AppendJoin("", points.Items.Select(item => $"- {MarkdownText.AtStart(item)}\n"));
                break;
            case Verbatim verbatim:
                text.Append(CultureInfo.InvariantCulture, $"{MarkdownText.AtStart(verbatim.Title)}\n\n");
                // Indented, it is code to its last line, whatever stands there.
                text.AppendJoin("", verbatim.Lines.Select(line => $"    {MarkdownText.Printable(line)}\n"));
                break;
            case Question question:
                text.Append(CultureInfo.InvariantCulture, $"### {MarkdownText.Of(question.Text)}\n\n{MarkdownText.AtStart(question.Hint)}\n\n- \n");
                break;
            case Picture picture:
                text.Append(CultureInfo.InvariantCulture, $"{MarkdownText.AtStart(picture.InWords)}\n");
                break;
        }
    }

    private static void Write(StringBuilder text, Grid grid)
    {
        if (grid.Caption is { } caption)
        {
            text.Append(CultureInfo.InvariantCulture, $"{MarkdownText.AtStart(caption)}\n\n");
        }

        text.Append("| ").AppendJoin(" | ", grid.Columns.Select(MarkdownText.Of)).Append(" |\n|").AppendJoin("", grid.Columns.Select(_ => "---|")).Append('\n');
        foreach (var row in grid.Rows)
        {
            text.Append("| ").AppendJoin(" | ", row.Select(cell => MarkdownText.Of(cell.Text))).Append(" |\n");
        }
    }
}
