namespace ChaosHarness.NUnit.Tests.Subjects;

/// <summary>Experiments that would be one history.</summary>
[Explicit("Run by other tests.")]
public sealed class SameIdSubjects
{
    [Experiment(Id = "the-same-id")]
    public void One() => Assert.Fail("it must not run");

    [Experiment(Id = "the-same-id")]
    public void Two() => Assert.Fail("it must not run");

    [Experiment, TestCase(1)]
    public void Overloaded(int value) => Assert.Fail($"it must not run {value}");

    [Experiment, TestCase("1")]
    public void Overloaded(string value) => Assert.Fail($"it must not run {value}");
}
