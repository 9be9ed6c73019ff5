namespace ChaosHarness.LocalCloud.Tests.S3;

/// <summary>A clock by which everything is older than it may be to be under way.</summary>
internal sealed class Tomorrow : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow.AddDays(1);
}
