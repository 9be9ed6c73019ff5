namespace ChaosHarness.Aws.Templates;

/// <summary>Finds what somebody may have meant.</summary>
internal static class Likeness
{
    private const int LongestCompared = 100;

    /// <summary>The name that looks most like another one, in words for the end of a sentence; empty when none looks like it.</summary>
    public static string Hint(string name, IEnumerable<string> known)
    {
        var best = known.Select(candidate => (Name: candidate, Distance: Distance(name, candidate)))
            .Where(candidate => candidate.Distance <= Math.Max(1, Math.Max(name.Length, candidate.Name.Length) / 3) || IsCut(name, candidate.Name) || IsCut(candidate.Name, name))
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        return best.Name is null ? "" : $"; did you mean '{best.Name}'?";
    }

    private static bool IsCut(string name, string whole) => name.Length > 3 && whole.StartsWith(name, StringComparison.OrdinalIgnoreCase);

    // Letters that are missing, too many, others, or the wrong way round. Capitals count as the letters that they are of.
    private static int Distance(string one, string other)
    {
        if (one.Length > LongestCompared || other.Length > LongestCompared)
        {
            return int.MaxValue;
        }

        var rows = new int[one.Length + 1, other.Length + 1];
        for (var row = 0; row <= one.Length; row++)
        {
            for (var column = 0; column <= other.Length; column++)
            {
                if (row == 0 || column == 0)
                {
                    rows[row, column] = row + column;
                    continue;
                }

                var same = Letter(one, row) == Letter(other, column);
                rows[row, column] = Math.Min(Math.Min(rows[row - 1, column], rows[row, column - 1]) + 1, rows[row - 1, column - 1] + (same ? 0 : 1));
                if (row > 1 && column > 1 && Letter(one, row) == Letter(other, column - 1) && Letter(one, row - 1) == Letter(other, column))
                {
                    rows[row, column] = Math.Min(rows[row, column], rows[row - 2, column - 2] + 1);
                }
            }
        }

        return rows[one.Length, other.Length];
    }

    private static char Letter(string text, int number) => char.ToLowerInvariant(text[number - 1]);
}
