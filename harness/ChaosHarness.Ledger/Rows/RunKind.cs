using ChaosHarness.Ledger.Runs;

namespace ChaosHarness.Ledger.Rows;

/// <summary>How a run ended, what it showed and how it is labelled; lists as words between blanks.</summary>
internal sealed record RunKind(string Outcome, string Evidence, string Labels)
{
    private const char Blank = ' ';

    public static RunKind Of(LedgerRun run) => new(run.Outcome.ToString(), Words(run.Evidence), Words(run.Labels));

    public static IReadOnlyList<string> List(string words) => words.Split(Blank, StringSplitOptions.RemoveEmptyEntries);

    // A blank in a word would make two of it.
    private static string Words(IReadOnlyList<string> words) => string.Join(Blank, words.Select(word => string.Join('-', word.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).Where(word => word.Length > 0));
}
