namespace ChaosHarness.Hosts;

/// <summary>A program to run on a host. No shell looks at it: nothing in an argument means anything.</summary>
/// <param name="Program">Its path, or its name to look for on the host's PATH.</param>
/// <param name="Arguments">Its arguments.</param>
public sealed record HostCommand(string Program, params IReadOnlyList<string> Arguments)
{
    /// <summary>How long it may take; then it is ended.</summary>
    /// <value>Default: 25 seconds.</value>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>How much is kept of what it writes, in bytes, of its output and of its errors each; the rest is dropped.</summary>
    /// <value>Default: 64 KiB.</value>
    public int MostOutput { get; init; } = 64 * 1024;

    /// <summary>The text that it reads from its standard input.</summary>
    /// <value>Default: null, nothing.</value>
    public string? Input { get; init; }

    /// <summary>Why it could not be run anywhere, for whoever adds a kind of host; null when it can be.</summary>
    public string? Mistake => string.IsNullOrEmpty(Program) || Arguments.Any(argument => argument is null) ? "each command begins with a program, and none of its arguments is null"
        : Arguments.Append(Program).Append(Input ?? "").Any(text => text.Contains('\0', StringComparison.Ordinal)) ? "no program can be given a character 0"
        : null;

    /// <summary>A script for the host's <c>sh</c>.</summary>
    /// <param name="script">The script; arguments are <c>$1</c>, <c>$2</c> and so on.</param>
    /// <param name="arguments">What it is given.</param>
    /// <returns>The command.</returns>
    public static HostCommand Script(string script, params IReadOnlyList<string> arguments) => new("sh", ["-c", script, "sh", .. arguments]);

    /// <summary>Program and arguments as one list.</summary>
    /// <param name="words">The program, and then its arguments.</param>
    /// <returns>The command.</returns>
    /// <exception cref="ArgumentException">The list is empty.</exception>
    public static HostCommand Of(IReadOnlyList<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return words.Count > 0 ? new HostCommand(words[0], [.. words.Skip(1)]) : throw new ArgumentException("A command begins with a program.", nameof(words));
    }

    /// <summary>As a person can paste it into a shell of Unix.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => ShellText.Of([Program, .. Arguments]);
}
