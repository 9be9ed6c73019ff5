using ChaosHarness.Hosts;

namespace ChaosHarness.Recovery.Postgres;

/// <summary>Commands as the user that owns a copy.</summary>
internal static class CopyCommand
{
    /// <summary>For what copies or reads whole databases.</summary>
    public static readonly TimeSpan Long = TimeSpan.FromHours(6);

    private const int MostWords = 300;
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(60);

    /// <summary>A command as a user; null for the one of this process.</summary>
    public static HostCommand Of(string? user, params IReadOnlyList<string> words)
    {
        IReadOnlyList<string> all = user is null ? words : ["setpriv", $"--reuid={user}", $"--regid={user}", "--init-groups", "env", "HOME=/", "LC_ALL=C", .. words];
        return HostCommand.Of(all) with { Limit = Short };
    }

    /// <summary>Has a program look at a copy: all is well when it ends with 0.</summary>
    /// <returns>Whether it did, and otherwise how it began what it wrote.</returns>
    public static async ValueTask<(bool Passed, string Detail)> LookAsync(HostCommand command, string well, CancellationToken cancellationToken)
    {
        var result = await new LocalHost().RunAsync(command, cancellationToken).ConfigureAwait(false);
        return result.IsSuccess ? (true, well) : (false, $"{result}: {Words($"{result.Output} {result.Error}")}");
    }

    /// <summary>How it began what it wrote, on one line: what comes first is why, and what follows is what came of it.</summary>
    public static string Words(string text)
    {
        var said = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return said.Length > MostWords ? said[..MostWords] : said;
    }
}
