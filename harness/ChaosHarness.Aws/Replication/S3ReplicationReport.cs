using System.Globalization;
using Amazon.S3.Model;

namespace ChaosHarness.Aws.Replication;

/// <summary>What of a bucket its replica has. It can be kept as JSON, and be gone on from.</summary>
public sealed record S3ReplicationReport
{
    private const int MostNamed = 1000;

    /// <summary>Versions that the replica has, with the same content.</summary>
    public long Same { get; init; }

    /// <summary>Versions that it should have and has not, or has with other content.</summary>
    public long Missing { get; init; }

    /// <summary>The first thousand of those.</summary>
    public IReadOnlyList<UnreplicatedVersion> FirstMissing { get; init; } = [];

    /// <summary>Versions that are not there yet, and young enough for that.</summary>
    public long UnderWay { get; init; }

    /// <summary>Versions that are not there, as no rule was for them when they were written.</summary>
    public long OutOfRules { get; init; }

    /// <summary>Versions that only the replica has: the source removed them for good, or somebody wrote to the replica.</summary>
    public long OnlyInReplica { get; init; }

    /// <summary>The last key that was looked at: where a further look goes on. Null before any.</summary>
    public string? Through { get; init; }

    /// <summary>Whether the end was reached.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Why the look ended early, such as <c>denied</c>; null when it did not.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether the replica has everything that it is to have, as far as a look at all of it can tell.</summary>
    public bool IsComplete => IsWhole && Problem is null && Missing == 0 && (Same > 0 || OutOfRules == 0);

    /// <summary>Such as <c>99 998 of 100 000 versions are there; 2 missing: a/1 (failed), a/2 (failed)</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        var parts = new List<string> { string.Create(CultureInfo.InvariantCulture, $"{Same} of {Same + Missing + UnderWay} versions are there") };
        if (Missing > 0)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{Missing} missing: {string.Join(", ", FirstMissing.Take(5).Select(version => $"{version.Key} ({version.Why})"))}{(Missing > 5 ? ", ..." : "")}"));
        }

        Add(UnderWay, "under way");
        Add(OutOfRules, "of which no rule was");
        Add(OnlyInReplica, "only in the replica");
        if (Problem is not null || !IsWhole)
        {
            parts.Add($"not looked at beyond {(Through is null ? "the beginning" : $"'{Through}'")}{(Problem is null ? "" : $": {Problem}")}");
        }

        return string.Join("; ", parts);

        void Add(long count, string what)
        {
            if (count > 0)
            {
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{count} {what}"));
            }
        }
    }

    internal S3ReplicationReport With(S3ObjectVersion version, string why) => this with
    {
        Missing = Missing + 1,
        FirstMissing = FirstMissing.Count < MostNamed ? [.. FirstMissing, new UnreplicatedVersion(version.Key, version.VersionId, why)] : FirstMissing,
    };
}
