namespace ChaosHarness.Packages.Tests;

/// <summary>Packs once for all tests.</summary>
[SetUpFixture]
public sealed class Packed
{
    private static Feed? _feed;

    internal static Feed Feed => _feed!;

    [OneTimeSetUp]
    public async Task Pack() => _feed = await Feed.PackAsync();

    [OneTimeTearDown]
    public void RemoveFeed() => _feed?.Dispose();
}
