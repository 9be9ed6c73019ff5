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

    private static int Distance(string one, string other)
    {
        var before = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 0; i < one.Length; i++)
        {
            var current = new int[other.Length + 1];
            current[0] = i + 1;
            for (var j = 0; j < other.Length; j++)
            {
                current[j + 1] = Math.Min(Math.Min(current[j], before[j + 1]) + 1, before[j] + (one[i] == other[j] ? 0 : 1));
            }

            before = current;
        }

        return before[^1];
    }
}
