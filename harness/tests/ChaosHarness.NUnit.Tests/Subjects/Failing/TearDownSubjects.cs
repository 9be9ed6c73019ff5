namespace ChaosHarness.NUnit.Tests.Subjects.Failing;

/// <summary>A fixture that cannot be torn down.</summary>
[Explicit("Run by other tests.")]
public sealed class TearDownSubjects
{
    [Experiment]
    public void Alone() => Assert.Inconclusive("it runs nothing");

    [OneTimeTearDown]
    public void End() => throw new InvalidOperationException("it would not end");
}
