namespace ChaosHarness.NUnit.Tests.Subjects;

/// <summary>Experiments with parameters from every source that there is. They run nothing: only what they are told as matters.</summary>
[Explicit("Run by other tests.")]
public sealed class ParameterSubjects
{
    private static readonly object[] Sizes = [new TestCaseData(1).SetName("Small"), new TestCaseData(1000).SetName("Large")];

    private static readonly object[] Nameless = [new object()];

    [Experiment, TestCase("0s"), TestCase("2s")]
    public void Cases(string later) => Assert.Inconclusive($"later {later}");

    [Experiment, TestCase("0s", 1), TestCase("2s", 2)]
    public void Cases_and_token(string later, int count, CancellationToken halt)
    {
        Assert.That(halt.CanBeCanceled, Is.True);
        Assert.Inconclusive($"later {later} {count}");
    }

    [Experiment, TestCaseSource(nameof(Sizes))]
    public void Source(int size) => Assert.Inconclusive($"size {size}");

    [Experiment]
    public void Combined([Values("a", "b")] string first, [Values] bool second) => Assert.Inconclusive($"{first} {second}");

    [Experiment, Sequential]
    public void Sequence([Values(1, 2)] int first, [Values(1.5, 2.5)] double second, CancellationToken halt)
    {
        Assert.That(halt.CanBeCanceled, Is.True);
        Assert.Inconclusive($"{first} {second}");
    }

    [Experiment, TestCase(1), TestCase(1, "given")]
    public void Optional(int first, string second = "default") => Assert.Inconclusive($"{first} {second}");

    [Experiment, TestCase(1), TestCase("one")]
    public void Generic<T>(T value) => Assert.Inconclusive($"{value}");

    [Experiment, TestCaseSource(nameof(Nameless))]
    public void Without_text(object node) => Assert.Inconclusive($"{node}");

    [Experiment]
    public void By_chance([Random(1)] int seed) => Assert.Inconclusive($"{seed}");

    [Test, TestCase(1)]
    public void No_experiment(int value) => Assert.That(value, Is.EqualTo(1));
}
