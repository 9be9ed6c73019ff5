using System.Globalization;
using System.Text;
using ChaosHarness.Reports.Pages;

namespace ChaosHarness.Reports.Papers;

/// <summary>Writes a paper as a page that needs nothing else, and prints on A4. Like the scorecard its policy forbids scripts.</summary>
internal static class PaperPage
{
    public static string Write(Paper paper) => Html.Of($"""
        <!DOCTYPE html>
        <html lang="en">
        {PageStyle.Head(paper.Title, Style(paper.Foot))}
        <body class="paper">
        <a class="skip" href="#main">Skip to the content</a>
        <header>
        <div><h1>{paper.Title}</h1>
        <p>{paper.Under}</p></div>
        {PageStyle.Themes}
        </header>
        <nav aria-label="Parts of this page">{Html.Join(paper.Sections.Select(section => Html.Of($"""<a href="#{section.Id}">{section.Title}</a> """)))}</nav>
        <main id="main">
        {Html.Join(paper.Sections.Select(section => Html.Of($"""
        <section id="{section.Id}"><h2>{section.Title}</h2>
        {Html.Join(section.Blocks.Select(Block))}
        </section>
        """)))}
        </main>
        </body>
        </html>
        """).ToString();

    private static Html Style(string? foot) => Html.Of($$$"""
        .paper td,.paper th{overflow-wrap:anywhere}.paper thead th{overflow-wrap:normal}.paper tbody th{min-width:7rem;max-width:20rem}.answer{min-height:7rem;border:1px solid var(--edge);border-radius:.4rem;margin:.5rem 0 1rem;break-inside:avoid}
        .paper img{display:block;width:100%;height:auto;margin:.6rem 0}.paper td.good{color:var(--good);font-weight:600}.paper td.bad{color:var(--bad);font-weight:600}
        .paper pre{padding:.5rem;border:1px solid var(--edge);border-radius:.4rem}
        @media print{.paper pre{font-size:8px}.paper td,.paper th{padding:.2rem .35rem}.paper .answer{min-height:32mm}}
        {{{Foot(foot)}}}
        """);

    private static Html Foot(string? foot) => foot is null ? Html.Empty : Html.Of($$$"""@page{@bottom-left{content:"{{{Css(foot)}}}"}}""");

    // Only letters and digits mean themselves in every place of a style.
    private static string Css(string text)
    {
        var css = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            _ = Rune.IsLetterOrDigit(rune) && rune.IsAscii ? css.Append(rune.ToString()) : css.Append(CultureInfo.InvariantCulture, $"\\{(Rune.IsControl(rune) ? 0xb7 : rune.Value):x6} ");
        }

        return css.ToString();
    }

    private static Html Block(PaperBlock block) => block switch
    {
        Words words => Html.Of($"<p>{words.Text}</p>"),
        Grid grid => Table(grid),
        Points points => Html.Of($"<ul>{Html.Join(points.Items.Select(item => Html.Of($"<li>{item}</li>")))}</ul>"),
        Verbatim verbatim => Html.Of($"""<h3>{verbatim.Title}</h3><pre tabindex="0">{Html.Lines(string.Join('\n', verbatim.Lines))}</pre>"""),
        Picture picture => Html.Of($"""<img alt="{picture.InWords}" src="data:image/svg+xml;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(picture.Svg))}">"""),
        Question question => Html.Of($"""<h3>{question.Text}</h3><p class="where">{question.Hint}</p><div class="answer"></div>"""),
        _ => Html.Empty,
    };

    private static Html Table(Grid grid) => Html.Of($"""
        <table class="stack">{(grid.Caption is { } caption ? Html.Of($"<caption>{caption}</caption>") : Html.Empty)}
        <thead><tr>{Html.Join(grid.Columns.Select(column => Html.Of($"""<th scope="col">{column}</th>""")))}</tr></thead>
        <tbody>{Html.Join(grid.Rows.Select(row => Html.Of($"<tr>{Html.Join(row.Select((cell, index) => Cell(cell, index, grid.Columns[index])))}</tr>")))}</tbody></table>
        """);

    private static Html Cell(PaperCell cell, int index, string column)
    {
        var text = cell.Section is { } section ? Html.Of($"""<a href="#{section}">{cell.Text}</a>""") : Html.Of($"{cell.Text}");
        return index == 0 ? Html.Of($"""<th scope="row">{text}</th>""")
            : Html.Of($"""<td data-label="{column}"{(cell.IsGood switch { true => Html.Of($" class=\"good\""), false => Html.Of($" class=\"bad\""), null => Html.Empty })}>{text}</td>""");
    }
}
