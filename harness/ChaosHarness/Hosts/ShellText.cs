namespace ChaosHarness.Hosts;

/// <summary>Words for a shell, which takes each as it is.</summary>
internal static class ShellText
{
    private const string Plain = "@%+:,./_-";

    /// <summary>A command of this machine as a person can paste it into its shell.</summary>
    public static string Here(string program, IEnumerable<string> arguments) => OperatingSystem.IsWindows() ? string.Join(' ', arguments.Prepend(program).Select(ForWindows)) : Of(arguments.Prepend(program));

    /// <summary>Words as one line for a shell of Unix.</summary>
    public static string Of(IEnumerable<string> words) => string.Join(' ', words.Select(Quoted));

    // Between single quotes nothing means anything but their end. A word with = in front would be an assignment.
    public static string Quoted(string word) => word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || Plain.Contains(c, StringComparison.Ordinal))
        ? word
        : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string ForWindows(string word) => word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || Plain.Contains(c, StringComparison.Ordinal) || c is '\\' or '=') ? word : $"\"{word.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
