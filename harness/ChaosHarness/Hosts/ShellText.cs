namespace ChaosHarness.Hosts;

/// <summary>Words for a shell of Unix, which takes each as it is.</summary>
internal static class ShellText
{
    private const string Plain = "@%+:,./_-";

    /// <summary>Words as one line.</summary>
    public static string Of(IEnumerable<string> words) => string.Join(' ', words.Select(Quoted));

    // Between single quotes nothing means anything but their end. A word with = in front would be an assignment.
    public static string Quoted(string word) => word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || Plain.Contains(c, StringComparison.Ordinal))
        ? word
        : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
