namespace ChaosHarness.NUnit.Tests.Subjects;

/// <summary>A generic class of experiments.</summary>
/// <typeparam name="TStore">Anything.</typeparam>
[Explicit("Run by other tests.")]
[TestFixture(typeof(int)), TestFixture(typeof(List<string>))]
public sealed class GenericSubjects<TStore>
{
    [Experiment]
    public void Holds() => Assert.Inconclusive(typeof(TStore).Name);
}
