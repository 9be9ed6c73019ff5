namespace ChaosHarness.NUnit.Tests.Subjects;

/// <summary>Experiments that another class inherits.</summary>
public abstract class BaseSubjects
{
    [Experiment, TestCase(1)]
    public void Is_inherited(int value) => Assert.Inconclusive($"inherited {value}");

    [Experiment, TestCase(1)]
    public virtual void Is_overridden(int value) => Assert.Inconclusive($"base {value}");
}
