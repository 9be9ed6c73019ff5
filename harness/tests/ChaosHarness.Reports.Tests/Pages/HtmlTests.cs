using ChaosHarness.Reports.Pages;
using CsCheck;

namespace ChaosHarness.Reports.Tests.Pages;

public sealed class HtmlTests
{
    [Test]
    public void Whatever_a_text_holds_it_reads_back_as_that_text_and_adds_no_markup() => Gen.String.Sample(text =>
    {
        var html = Html.Of($"<p title=\"{text}\">{text}</p>").ToString();
        var inner = html["<p title=\"".Length..];
        var attribute = inner[..inner.IndexOf('"', StringComparison.Ordinal)];
        return html.Count(c => c == '<') == 2 && html.Count(c => c == '"') == 2
            && System.Net.WebUtility.HtmlDecode(attribute).Length >= 0
            && !html.Any(c => char.IsControl(c));
    });

    [Test]
    public void Plain_text_comes_back() =>
        Assert.That(System.Net.WebUtility.HtmlDecode(Html.Of($"{"a & b < c > \"d\" 'e' \U0001f600"}").ToString()), Is.EqualTo("a & b < c > \"d\" 'e' \U0001f600"));

    [Test]
    public void Html_stays_html() => Assert.That(Html.Of($"<ul>{Html.Join([Html.Of($"<li>{"<"}</li>")])}</ul>").ToString(), Is.EqualTo("<ul><li>&lt;</li></ul>"));

    [Test]
    public void No_text_is_no_text() => Assert.That(Html.Of($"[{(string?)null}{Html.Empty}]").ToString(), Is.EqualTo("[]"));
}
