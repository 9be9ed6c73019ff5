namespace ChaosHarness.NUnit.Tests.Subjects.Failing;

/// <summary>A fixture that cannot be made.</summary>
[Explicit("Run by other tests.")]
public sealed class ConstructorSubjects
{
    public ConstructorSubjects() => throw new InvalidOperationException("no fixture");

    [Experiment, Category("kept")]
    public void Alone() => Assert.Fail("it must not run");

    [Experiment, TestCase("2s")]
    public void With_a_case(string later) => Assert.Fail($"it must not run {later}");

    [Test]
    public void No_experiment() => Assert.Fail("it must not run");
}
