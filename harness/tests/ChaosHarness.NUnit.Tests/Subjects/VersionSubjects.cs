namespace ChaosHarness.NUnit.Tests.Subjects;

/// <summary>A class of experiments with an argument.</summary>
[Explicit("Run by other tests.")]
[TestFixture("15"), TestFixture("18")]
public sealed class VersionSubjects(string version)
{
    [Experiment(Id = "versions")]
    public void Fixture_alone() => Assert.Inconclusive(version);

    [Experiment, TestCase("x")]
    public void Fixture_and_method(string version) => Assert.Inconclusive(version);
}
