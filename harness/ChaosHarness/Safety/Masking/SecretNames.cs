namespace ChaosHarness.Safety.Masking;

/// <summary>Which names say that what they name is a secret: it is their ending that says so, however its words are joined.</summary>
internal static class SecretNames
{
    private const int Longest = 64;

    private static readonly string[] Endings =
    [
        "password", "passwd", "passphrase", "pwd", "secret", "token", "credential", "credentials", "signature", "authorization", "cookie",
        "apikey", "accesskey", "secretkey", "privatekey", "accountkey", "sharedkey", "signingkey", "encryptionkey", "masterkey",
    ];

    // Too short to be looked for within a word: compass and pass-through are no secrets.
    private static readonly string[] Words = ["pass", "pw", "sig"];

    // Marks of pages and of requests that count once. Whoever reads them can do nothing with them.
    private static readonly string[] Harmless = ["nexttoken", "continuationtoken", "paginationtoken", "clienttoken", "clientrequesttoken", "idempotencytoken", "cancellationtoken"];

    /// <summary>Whether a character can be part of a name.</summary>
    public static bool IsPart(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.';

    /// <summary>Whether a name ends as the name of a secret does. A number behind it changes nothing.</summary>
    public static bool IsSecret(ReadOnlySpan<char> name)
    {
        name = name.TrimEnd("0123456789_-.");
        if (name.Length > Longest)
        {
            name = name[^Longest..];
        }

        Span<char> letters = stackalloc char[Longest];
        var count = 0;
        var lastWord = 0;
        for (var index = 0; index < name.Length; index++)
        {
            var letter = name[index];
            if (letter is '_' or '-' or '.')
            {
                lastWord = count;
                continue;
            }

            if (char.IsAsciiLetterUpper(letter) && index > 0 && !char.IsAsciiLetterUpper(name[index - 1]))
            {
                lastWord = count;
            }

            letters[count++] = char.ToLowerInvariant(letter);
        }

        ReadOnlySpan<char> joined = letters[..count];
        return EndsWithAny(joined, Endings) ? !EndsWithAny(joined, Harmless) : IsWord(joined[lastWord..], name);
    }

    /// <summary>Whether a name is that of a header whose whole line is secret.</summary>
    public static bool IsHeader(ReadOnlySpan<char> name) =>
        name.EndsWith("authorization", StringComparison.OrdinalIgnoreCase) || name.EndsWith("cookie", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a name is that of a setting which holds a secret: one of its words says so.</summary>
    public static bool IsSetting(string name)
    {
        var end = name.Length;
        while (end > 0)
        {
            if (IsSecret(name.AsSpan(0, end)))
            {
                return true;
            }

            // The same without its last word.
            end--;
            while (end > 0 && !IsBorder(name, end))
            {
                end--;
            }
        }

        return false;
    }

    private static bool IsBorder(string name, int at) =>
        !char.IsAsciiLetterOrDigit(name[at]) || (char.IsAsciiLetterUpper(name[at]) && !char.IsAsciiLetterUpper(name[at - 1]));

    // A test that passed says PASS and its name.
    private static bool IsWord(ReadOnlySpan<char> word, ReadOnlySpan<char> name)
    {
        foreach (var known in Words)
        {
            if (word.SequenceEqual(known))
            {
                return name is not ("PASS" or "Pass");
            }
        }

        return false;
    }

    private static bool EndsWithAny(ReadOnlySpan<char> name, string[] endings)
    {
        foreach (var ending in endings)
        {
            if (name.EndsWith(ending, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
