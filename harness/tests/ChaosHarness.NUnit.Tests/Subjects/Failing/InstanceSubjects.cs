namespace ChaosHarness.NUnit.Tests.Subjects.Failing;

/// <summary>A fixture that cannot be made anew for each test.</summary>
[Explicit("Run by other tests.")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class InstanceSubjects
{
    public InstanceSubjects() => throw new InvalidOperationException("no instance");

    [Experiment]
    public void Alone() => Assert.Fail("it must not run");
}
