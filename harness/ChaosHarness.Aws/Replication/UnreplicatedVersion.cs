namespace ChaosHarness.Aws.Replication;

/// <summary>A version that a replica has not.</summary>
/// <param name="Key">Its key.</param>
/// <param name="VersionId">Its version.</param>
/// <param name="Why">Such as <c>failed</c>, <c>pending</c>, <c>other content</c>, <c>mark of a deletion</c>, or that it was replicated and is not there any more.</param>
public sealed record UnreplicatedVersion(string Key, string VersionId, string Why);
