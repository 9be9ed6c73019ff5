namespace ChaosHarness.NUnit.Tests.Subjects;

/// <summary>A class of experiments that it inherits.</summary>
[Explicit("Run by other tests.")]
public sealed class InheritedSubjects : BaseSubjects
{
    [TestCase(1)]
    public override void Is_overridden(int value) => Assert.Inconclusive($"overridden {value}");
}
