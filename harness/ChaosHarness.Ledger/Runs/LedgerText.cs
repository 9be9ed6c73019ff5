namespace ChaosHarness.Ledger.Runs;

/// <summary>Text as a ledger keeps it.</summary>
internal static class LedgerText
{
    // Nothing that a person reads is longer; what is longer was sent to fill the ledger.
    private const int Longest = 2_000;

    // PostgreSQL takes no zero character in a text, and no half of a surrogate pair.
    public static string Cut(string text)
    {
        var start = text.Length <= Longest ? text : text[..Longest];
        return string.Concat(start.EnumerateRunes().Where(rune => rune.Value != 0));
    }
}
