using ChaosHarness.Containers.Faults;
using ChaosHarness.Containers.Hosts;
using ChaosHarness.Experiments;
using ChaosHarness.Faults;
using ChaosHarness.Probes;
using ChaosHarness.Schedules;
using ChaosHarness.SteadyState;
using ChaosHarness.Systems;

namespace ChaosHarness.Containers.Tests;

/// <summary>What tests share that run experiments: a folder for journals, and a short experiment around a fault.</summary>
public abstract class RunFixture
{
    /// <summary>Where runs keep their journals.</summary>
    protected string Folder { get; private set; } = null!;

    [SetUp]
    public void MakeFolder() => Folder = Directory.CreateTempSubdirectory("containers-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(Folder, recursive: true);

    private protected IEnumerable<string> Leftovers => Directory.EnumerateFiles(Folder, "*.faults.jsonl");

    private protected Task<RunRecord> RunAsync(Fault fault, string length = "1s", SystemUnderTest? system = null) => new ExperimentRunner(new RunnerOptions
    {
        FaultJournalFolder = Folder,
        Watchdog = false,
        Reverters = [new StartContainer(), new UnpauseContainer(), new ReconnectContainer(), new RestoreLimits(), new ContainerHostReverter()],
    }).RunAsync(Experiment.Hypothesis("it is undone")
        .On(system ?? new SystemUnderTest("target") { Environment = "local", Reach = SystemReach.Owned, Instance = Folder })
        .Probe(new DelegateProbe("pulse", _ => ValueTask.FromResult(ProbeSample.Good)).Every("20ms"))
        .SteadyState(new SuccessRate("pulse").AtLeast(0.5))
        .SteadyFor("200ms")
        .Inject(((Schedule)fault).For(length)));
}
