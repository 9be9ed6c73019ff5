using ChaosHarness.Experiments;
using ChaosHarness.Sweeps;

namespace ChaosHarness.SystemFiles.Tests.Running;

/// <summary>The generic experiments of a file as tests of a project.</summary>
[Platform("Linux")]
public sealed class GenericExperimentTests
{
    private static readonly string Path = RecommendationsFile.Write();
    private RunningSystem _system = null!;

    private static IReadOnlyList<SweepCase> Cases => SystemFile.Cases(Path);

    [OneTimeSetUp]
    public async Task StartAsync() => _system = await SystemFile.Read(Path).StartAsync();

    [OneTimeTearDown]
    public async Task EndAsync()
    {
        await _system.DisposeAsync();
        Directory.Delete(System.IO.Path.GetDirectoryName(Path)!, recursive: true);
    }

    [Experiment, TestCaseSource(nameof(Cases))]
    public async Task It_stands(SweepCase experiment)
    {
        var result = await _system.Experiment(experiment).RunAsync();

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Passed), result.Reason);
        Assert.That(RunScope.Current!.Options.Parameters, Is.EqualTo(new Dictionary<string, string> { ["experiment"] = experiment.ToString() }), "its history is known by its words");
    }

    [Test]
    public void Of_a_service_and_its_link_there_are_five() =>
        Assert.That(Cases.Select(one => one.ToString()), Is.EqualTo(new[] { "lose recommender", "freeze recommender", "cut front", "slow front", "restart recommendations one by one" }));
}
