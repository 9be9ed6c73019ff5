namespace ChaosHarness.NUnit.Tests.Subjects.FailingNamespace;

/// <summary>Experiments on a shared system.</summary>
[Explicit("Run by other tests.")]
public sealed class SharingSubjects
{
    [Experiment]
    public void Alone() => Assert.Fail("it must not run");
}
