using System.Collections.Concurrent;
using ChaosHarness.Experiments;

namespace ChaosHarness.NUnit.Live;

/// <summary>What a session came to, told when it is over: how many experiments ended how, those that did not pass once more, and where their results are.</summary>
internal static class SessionEnd
{
    private static readonly ConcurrentQueue<(string Name, Outcome Outcome, string? Reason)> Ended = [];
    private static readonly ConcurrentDictionary<string, byte> Folders = new(StringComparer.Ordinal);
    private static bool _isQuiet;

    /// <summary>Notes how a test ended.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="outcome">Its outcome.</param>
    /// <param name="reason">Why.</param>
    /// <param name="profile">The settings; null when they cannot be read.</param>
    /// <param name="isKept">Whether its result is where they say.</param>
    public static void Note(string name, Outcome outcome, string? reason, Profile? profile, bool isKept = true)
    {
        Ended.Enqueue((name, outcome, reason));
        _isQuiet = profile is { IsLive: false };
        foreach (var folder in isKept && profile is not null ? new[] { profile.Recording.ResultsFolder, profile.Recording.JournalFolder }.OfType<string>() : [])
        {
            Folders.TryAdd(folder, 0);
        }
    }

    /// <summary>What is told of the tests that were noted; nothing when there were none, or nobody wants to be told.</summary>
    public static IEnumerable<string> Lines() => Ended.IsEmpty || _isQuiet ? [] : Of([.. Ended], Folders.Keys.Where(Directory.Exists).Order(StringComparer.Ordinal));

    internal static IEnumerable<string> Of(IReadOnlyList<(string Name, Outcome Outcome, string? Reason)> ended, IEnumerable<string> folders)
    {
        yield return $"Experiments: {string.Join(", ", ended.GroupBy(test => test.Outcome).OrderBy(group => group.Key).Select(group => $"{group.Count()} {group.Key.ToString().ToLowerInvariant()}"))}.";
        // Where the eye is.
        foreach (var line in ended.Where(test => test.Outcome != Outcome.Passed).SelectMany(test => ResultLines.Of(test.Name, test.Outcome, test.Reason, [])))
        {
            yield return line;
        }

        if (folders.ToList() is { Count: > 0 } found)
        {
            yield return $"Results: {string.Join(" and ", found)}";
        }
    }
}
