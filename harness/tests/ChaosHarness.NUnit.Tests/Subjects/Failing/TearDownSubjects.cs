namespace ChaosHarness.NUnit.Tests.Subjects.Failing;

/// <summary>A fixture that cannot be torn down.</summary>
[Explicit("Run by other tests.")]
public sealed class TearDownSubjects : QuickExperiments
{
    [Experiment]
    public async Task Alone(CancellationToken halt) => await Quick.RunAsync(halt);

    [OneTimeTearDown]
    public void End() => throw new InvalidOperationException("it would not end");
}
