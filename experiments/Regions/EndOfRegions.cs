namespace Experiments.Regions;

/// <summary>Ends what the experiments on regions share.</summary>
[SetUpFixture]
public sealed class EndOfRegions
{
    [OneTimeTearDown]
    public Task EndTheSystem() => RegionExperiments.EndAsync();
}
