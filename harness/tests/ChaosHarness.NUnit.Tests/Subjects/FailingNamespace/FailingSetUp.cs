namespace ChaosHarness.NUnit.Tests.Subjects.FailingNamespace;

/// <summary>What the fixtures of this namespace share, and what cannot be set up.</summary>
[SetUpFixture, Explicit("Run by other tests.")]
public sealed class FailingSetUp
{
    [OneTimeSetUp]
    public void SetUp() => throw new InvalidOperationException("no shared system");
}
