using System.Buffers;

namespace ChaosHarness.Safety.Masking;

/// <summary>Finds what is a secret by its own look: tokens after the name of their scheme, keys of AWS with what stands beside them, private keys.</summary>
internal static class KnownSecrets
{
    private const int KeyIdLength = 20;
    private const int SecretKeyLength = 40;
    private const int LeastToken = 8;
    private const string Begin = "-----BEGIN ";
    private const string End = "-----END ";
    private const string Dashes = "-----";
    private static readonly SearchValues<string> Starts = SearchValues.Create(["bearer", "basic", "AKIA", "ASIA", Begin], StringComparison.OrdinalIgnoreCase);

    public static void Hide(MaskedText masked)
    {
        var text = masked.Text;
        var at = 0;
        while (at < text.Length && text.AsSpan(at).IndexOfAny(Starts) is var found && found >= 0)
        {
            at += found;
            at = text[at] switch
            {
                '-' => PrivateKey(masked, at),
                'b' or 'B' => Token(masked, at),
                _ => AccessKey(masked, at),
            };
        }
    }

    /// <summary>Whether a line begins a private key that goes on in the next.</summary>
    public static bool BeginsPrivateKey(string line) =>
        line.LastIndexOf(Begin, StringComparison.Ordinal) is var begin && begin >= 0 && IsPrivate(line, begin) && line.IndexOf(End, begin, StringComparison.Ordinal) < 0;

    /// <summary>Whether a line ends a private key.</summary>
    public static bool EndsPrivateKey(string line) => line.Contains(End, StringComparison.Ordinal);

    private static int PrivateKey(MaskedText masked, int at)
    {
        var text = masked.Text;
        if (!IsPrivate(text, at))
        {
            return at + Begin.Length;
        }

        var end = text.IndexOf(End, at, StringComparison.Ordinal);
        var last = end < 0 ? -1 : text.IndexOf(Dashes, end + End.Length, StringComparison.Ordinal);
        var until = last < 0 ? text.Length : last + Dashes.Length;
        masked.Hide(at, until);
        return until;
    }

    private static bool IsPrivate(string text, int at)
    {
        var label = text.AsSpan(at + Begin.Length);
        var close = label[..Math.Min(label.Length, 64)].IndexOf(Dashes);
        return close >= 0 && label[..close].Contains("PRIVATE KEY", StringComparison.Ordinal);
    }

    private static int Token(MaskedText masked, int at)
    {
        var text = masked.Text;
        var scheme = at;
        while (at < text.Length && char.IsAsciiLetter(text[at]))
        {
            at++;
        }

        var start = at;
        while (start < text.Length && text[start] is ' ' or '\t')
        {
            start++;
        }

        var end = start;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '+' or '/' or '=' or '.' or '_' or '~' or '-'))
        {
            end++;
        }

        var isScheme = at - scheme is 5 or 6 && start > at && (scheme == 0 || !char.IsAsciiLetterOrDigit(text[scheme - 1]));
        if (isScheme && end - start >= LeastToken && !IsWord(text.AsSpan(start, end - start)))
        {
            masked.Hide(start, end);
        }

        return Math.Max(at, start);
    }

    // Prose goes on with a word: "basic authentication". It is in small letters, and no token is.
    private static bool IsWord(ReadOnlySpan<char> token) => token.TrimEnd('.').IndexOfAnyExceptInRange('a', 'z') < 0;

    private static int AccessKey(MaskedText masked, int at)
    {
        var text = masked.Text;
        var end = at;
        while (end < text.Length && (char.IsAsciiLetterUpper(text[end]) || char.IsAsciiDigit(text[end])))
        {
            end++;
        }

        if (end - at != KeyIdLength || (at > 0 && char.IsAsciiLetterOrDigit(text[at - 1])) || (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_')))
        {
            return Math.Max(end, at + 1);
        }

        masked.Hide(at, end);
        var secret = end;
        while (secret < text.Length && secret - end < 4 && !IsKeyLetter(text[secret]))
        {
            secret++;
        }

        var last = secret;
        while (last < text.Length && IsKeyLetter(text[last]))
        {
            last++;
        }

        if (secret > end && last - secret == SecretKeyLength)
        {
            masked.Hide(secret, last);
            return last;
        }

        return end;
    }

    private static bool IsKeyLetter(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '+' or '/';
}
