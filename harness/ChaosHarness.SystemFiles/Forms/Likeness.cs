namespace ChaosHarness.SystemFiles.Forms;

/// <summary>What somebody meant who wrote a word that there is not.</summary>
internal static class Likeness
{
    private const int LongestCompared = 40;

    /// <summary>The known word that is nearest; null when none is near.</summary>
    public static string? Nearest(string written, IEnumerable<string> known)
    {
        if (written.Length > LongestCompared)
        {
            return null;
        }

        var plain = Plain(written);
        var nearest = known.Select(word => (Word: word, Distance: Distance(plain, Plain(word)))).OrderBy(candidate => candidate.Distance).FirstOrDefault();
        return nearest.Word is { } found && nearest.Distance <= Math.Max(1, plain.Length / 3) ? found : null;
    }

    // perSecond, per_second and per-second are one word.
    private static string Plain(string word) => string.Concat(word.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    // Letters added, left out, taken for others, and two that changed places.
    private static int Distance(string one, string other)
    {
        var rows = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
        {
            for (var j = 0; j <= other.Length; j++)
            {
                rows[i, j] = i == 0 || j == 0 ? i + j : Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, rows[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[one.Length, other.Length];
    }
}
