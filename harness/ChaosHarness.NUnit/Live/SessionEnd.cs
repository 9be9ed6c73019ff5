using System.Collections.Concurrent;
using ChaosHarness.Experiments;

namespace ChaosHarness.NUnit.Live;

/// <summary>What a session came to, told when it is over: how many experiments ended how, those that did not pass once more, and where their results are.</summary>
internal static class SessionEnd
{
    private static readonly ConcurrentQueue<(string Name, Outcome Outcome, string? Reason)> Ended = [];
    private static Profile? _profile;

    /// <summary>Notes how a test ended.</summary>
    public static void Note(string name, Outcome outcome, string? reason, Profile profile)
    {
        Ended.Enqueue((name, outcome, reason));
        _profile = profile;
    }

    /// <summary>What is told of the tests that were noted; nothing when there were none, or nobody wants to be told.</summary>
    public static IEnumerable<string> Lines() => _profile is { IsLive: true } profile
        ? Of([.. Ended], new[] { profile.Recording.ResultsFolder, profile.Recording.JournalFolder }.OfType<string>().Where(Directory.Exists))
        : [];

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
