using System.Security.Cryptography;
using System.Text;

namespace ChaosHarness.GameDay.Board;

/// <summary>The page of a board, in one piece: it loads nothing, and runs no script but its own.</summary>
internal static class BoardPage
{
    private static readonly string Html = Resource("board.html");
    private static readonly string Css = Resource("board.css");
    private static readonly string Script = Resource("board.js");

    /// <summary>What a browser is to allow it.</summary>
    public static string Policy { get; } = $"default-src 'none'; script-src '{HashOf(Script)}'; style-src '{HashOf(Css)}'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'";

    /// <summary>The page that is served.</summary>
    public static string Live { get; } = With("");

    /// <summary>The page with what it has to show in it.</summary>
    /// <param name="data">JSON lines.</param>
    public static string With(string data) => Html
        .Replace("{{policy}}", Policy, StringComparison.Ordinal)
        .Replace("{{css}}", Css, StringComparison.Ordinal)
        .Replace("{{script}}", Script, StringComparison.Ordinal)
        .Replace("{{data}}", data, StringComparison.Ordinal);

    private static string HashOf(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    private static string Resource(string name)
    {
        using var stream = typeof(BoardPage).Assembly.GetManifestResourceStream($"ChaosHarness.GameDay.Board.{name}") ?? throw new InvalidOperationException($"The assembly has no {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
