using ChaosHarness.Experiments;

namespace ChaosHarness.NUnit.Tests.Subjects.Failing;

/// <summary>A fixture that cannot be set up, as its topology cannot run.</summary>
[Explicit("Run by other tests.")]
public sealed class SetUpSubjects
{
    [OneTimeSetUp]
    public void SetUp() => throw new NotRunException("no haproxy here");

    [Experiment]
    public void Alone() => Assert.Fail("it must not run");
}
