using Amazon.S3;
using Amazon.S3.Model;

namespace ChaosHarness.Aws.Replication;

/// <summary>
/// Holds every version of a bucket against its replica: by version and ETag, marks of deletions included. Reads, and never writes. Both sides are listed
/// page by page and compared as they come, so that memory does not grow with the bucket; what is missing is asked for its replication status.
/// </summary>
/// <param name="source">The client of the source's region.</param>
/// <param name="bucket">The bucket that is replicated.</param>
/// <param name="replica">The client of the replica's region.</param>
/// <param name="replicaBucket">The bucket that it is replicated to.</param>
public sealed class S3ReplicationCheck(IAmazonS3 source, string bucket, IAmazonS3 replica, string replicaBucket)
{
    private const int AtOnce = 16;

    /// <summary>What keys begin with that are looked at.</summary>
    /// <value>Default: empty, all.</value>
    public string Prefix { get; init; } = "";

    /// <summary>How old a version may be and still be under way.</summary>
    /// <value>Default: 15 minutes, which AWS promises for 99.9 % where replication time is controlled.</value>
    public TimeSpan Allowed { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Tells what time it is, to know how old a version is.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Looks at all versions, or at those behind where an earlier look ended.</summary>
    /// <param name="soFar">What an earlier look found, to go on from; null to begin.</param>
    /// <param name="mostKeys">How many keys at most; null for all. A large bucket is looked at in parts, each of which is kept.</param>
    /// <param name="cancellationToken">Ends the look, and with it what it had found: only a part that was finished is there to go on from.</param>
    /// <returns>What was found. A side that could not be read ends the look, says why, and leaves where to go on.</returns>
    public async Task<S3ReplicationReport> CheckAsync(S3ReplicationReport? soFar = null, long? mostKeys = null, CancellationToken cancellationToken = default)
    {
        var report = (soFar ?? new S3ReplicationReport()) with { Problem = null, IsWhole = false };
        try
        {
            var rules = await ReplicationRules.ReadAsync(source, bucket, replicaBucket, cancellationToken).ConfigureAwait(false);
            if (rules.Problem is { } problem)
            {
                return report with { Problem = problem };
            }

            var here = VersionsByKey.Of(source, bucket, Prefix, report.Through, cancellationToken).GetAsyncEnumerator(cancellationToken);
            var there = VersionsByKey.Of(replica, replicaBucket, Prefix, report.Through, cancellationToken).GetAsyncEnumerator(cancellationToken);
            await using (here.ConfigureAwait(false))
            await using (there.ConfigureAwait(false))
            {
                return await CompareAsync(report, rules, here, there, mostKeys ?? long.MaxValue, found => report = found, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (S3Denial.TextOf(exception) is { } text && !cancellationToken.IsCancellationRequested)
        {
            return report with { Problem = text };
        }
    }

    /// <summary>Looks some versions up that are drawn at random, where the replica may not be listed or all would take too long.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">Says which; null to draw them.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>What was found, with the interval in which the share of missing versions lies.</returns>
    public async Task<S3SampleReport> SampleAsync(int count, int? seed = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var drawn = new List<S3ObjectVersion>();
        var random = new Random(seed ?? Random.Shared.Next());
        long all = 0;
        await foreach (var key in VersionsByKey.Of(source, bucket, Prefix, null, cancellationToken).ConfigureAwait(false))
        {
            foreach (var version in key.Versions.Where(version => version.IsDeleteMarker is not true && Time.GetUtcNow().UtcDateTime - version.LastModified?.ToUniversalTime() > Allowed))
            {
                // Each of all has the same chance to be among those that stay.
                all++;
                if (drawn.Count < count)
                {
                    drawn.Add(version);
                }
                else if (random.NextInt64(all) is var place && place < count)
                {
                    drawn[(int)place] = version;
                }
            }
        }

        var answers = new SampleAnswer[drawn.Count];
        await Parallel.ForEachAsync(Enumerable.Range(0, drawn.Count), Options(cancellationToken), async (index, token) => answers[index] = await LookUpAsync(drawn[index], token).ConfigureAwait(false)).ConfigureAwait(false);
        return new S3SampleReport(all, drawn.Count)
        {
            Missing = answers.Count(answer => answer == SampleAnswer.Missing),
            Different = answers.Count(answer => answer == SampleAnswer.Different),
            Denied = answers.Count(answer => answer == SampleAnswer.Denied),
            OutOfRules = answers.Count(answer => answer == SampleAnswer.OutOfRules),
        };
    }

    private static ParallelOptions Options(CancellationToken cancellationToken) => new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };

    private async Task<S3ReplicationReport> CompareAsync(
        S3ReplicationReport report,
        ReplicationRules rules,
        IAsyncEnumerator<VersionsByKey> here,
        IAsyncEnumerator<VersionsByKey> there,
        long mostKeys,
        Action<S3ReplicationReport> reached,
        CancellationToken cancellationToken)
    {
        var isThere = await there.MoveNextAsync().ConfigureAwait(false);
        for (long keys = 0; await here.MoveNextAsync().ConfigureAwait(false); keys++)
        {
            if (keys == mostKeys)
            {
                return report;
            }

            var key = here.Current;
            while (isThere && string.CompareOrdinal(there.Current.Key, key.Key) < 0)
            {
                report = report with { OnlyInReplica = report.OnlyInReplica + there.Current.Versions.Count };
                isThere = await there.MoveNextAsync().ConfigureAwait(false);
            }

            var copies = isThere && there.Current.Key == key.Key ? there.Current.Versions : [];
            report = await CompareAsync(report, rules, key, copies, cancellationToken).ConfigureAwait(false);
            if (copies.Count > 0)
            {
                isThere = await there.MoveNextAsync().ConfigureAwait(false);
            }

            report = report with { Through = key.Key };
            reached(report);
        }

        for (; isThere; isThere = await there.MoveNextAsync().ConfigureAwait(false))
        {
            report = report with { OnlyInReplica = report.OnlyInReplica + there.Current.Versions.Count };
        }

        return report with { IsWhole = true };
    }

    private async Task<S3ReplicationReport> CompareAsync(S3ReplicationReport report, ReplicationRules rules, VersionsByKey key, IReadOnlyList<S3ObjectVersion> copies, CancellationToken cancellationToken)
    {
        var byVersion = copies.ToDictionary(copy => copy.VersionId, StringComparer.Ordinal);
        foreach (var version in key.Versions)
        {
            if (byVersion.Remove(version.VersionId, out var copy))
            {
                var isSame = version.IsDeleteMarker is true ? copy.IsDeleteMarker is true : copy.ETag == version.ETag && copy.Size == version.Size;
                report = isSame ? report with { Same = report.Same + 1 } : report.With(version, "other content");
                continue;
            }

            report = await MissingAsync(report, rules, version, cancellationToken).ConfigureAwait(false);
        }

        return report with { OnlyInReplica = report.OnlyInReplica + byVersion.Count };
    }

    private async Task<S3ReplicationReport> MissingAsync(S3ReplicationReport report, ReplicationRules rules, S3ObjectVersion version, CancellationToken cancellationToken)
    {
        var isYoung = Time.GetUtcNow().UtcDateTime - version.LastModified?.ToUniversalTime() <= Allowed;
        if (version.IsDeleteMarker is true)
        {
            return !rules.ReplicatesMarks(version.Key) ? report with { OutOfRules = report.OutOfRules + 1 }
                : isYoung ? report with { UnderWay = report.UnderWay + 1 }
                : report.With(version, "mark of a deletion");
        }

        return (await StatusAsync(version, cancellationToken).ConfigureAwait(false)) switch
        {
            null or "REPLICA" => report with { OutOfRules = report.OutOfRules + 1 },
            "PENDING" or "COMPLETED" or "COMPLETE" when isYoung => report with { UnderWay = report.UnderWay + 1 },
            "COMPLETED" or "COMPLETE" => report.With(version, "was replicated, and is not there any more"),
            var status => report.With(version, status.ToLowerInvariant()),
        };
    }

    private async Task<string?> StatusAsync(S3ObjectVersion version, CancellationToken cancellationToken) =>
        (await source.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = bucket, Key = version.Key, VersionId = version.VersionId }, cancellationToken).ConfigureAwait(false)).ReplicationStatus?.Value;

    private async Task<SampleAnswer> LookUpAsync(S3ObjectVersion version, CancellationToken cancellationToken)
    {
        try
        {
            var copy = await replica.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = replicaBucket, Key = version.Key, VersionId = version.VersionId }, cancellationToken).ConfigureAwait(false);
            return copy.ETag == version.ETag ? SampleAnswer.Same : SampleAnswer.Different;
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode == System.Net.HttpStatusCode.Forbidden)
        {
            // Whoever may not list a bucket is told the same of what is not there.
            return SampleAnswer.Denied;
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode == System.Net.HttpStatusCode.NotFound && exception.ErrorCode != "NoSuchBucket")
        {
            return await StatusAsync(version, cancellationToken).ConfigureAwait(false) is null or "REPLICA" ? SampleAnswer.OutOfRules : SampleAnswer.Missing;
        }
    }
}
