namespace ChaosHarness.Safety;

/// <summary>A command as a person can paste it into a shell: what means something there is quoted.</summary>
internal static class ShellWords
{
    private const string Plain = "@%+=:,./_-";

    public static string Of(string program, IEnumerable<string> arguments) => string.Join(' ', arguments.Prepend(program).Select(Quoted));

    private static string Quoted(string word) => word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || Plain.Contains(c, StringComparison.Ordinal) || (c == '\\' && OperatingSystem.IsWindows())) ? word
        : OperatingSystem.IsWindows() ? $"\"{word.Replace("\"", "\\\"", StringComparison.Ordinal)}\""
        : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
