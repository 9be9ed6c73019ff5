using ChaosHarness.Experiments;
using ChaosHarness.Faults;
using ChaosHarness.People;
using ChaosHarness.Probes;
using ChaosHarness.Safety;
using ChaosHarness.SteadyState;
using ChaosHarness.Systems;

namespace ChaosHarness.GameDay.Tests.Board;

/// <summary>A system in memory that is down while its fault is in force, and a session in which it is broken.</summary>
internal sealed class Shop : IDisposable
{
    private volatile bool _isDown;

    public string Folder { get; } = Directory.CreateTempSubdirectory("board-").FullName;

    public string Session => Path.Combine(Folder, "sessions", "one");

    public string Journals => Path.Combine(Folder, "journals");

    public WatcherSettings Settings => new() { BaseFolder = Folder, JournalFolder = Journals, SessionFolder = Session, Tell = Told.Add };

    public List<string> Told { get; } = [];

    public RunnerOptions Options => new()
    {
        FaultJournalFolder = Path.Combine(Folder, "faults"),
        Watchdog = false,
        PeopleFile = Path.Combine(Session, PersonAct.FileName),
        Safety = new SafetyPolicy { HaltFiles = [Path.Combine(Session, HaltOrder.FileName)] },
    };

    public ExperimentBuilder Experiment(string name = "the shop survives") => ChaosHarness.Experiments.Experiment.Hypothesis(name)
        .On(new SystemUnderTest("shop") { Environment = "local", Reach = SystemReach.Owned, Instance = Folder })
        .Probe(new DelegateProbe("front page", _ => ValueTask.FromResult(_isDown ? ProbeSample.Bad("down") : ProbeSample.Good)).Every("20ms").TimeoutAfter("250ms"))
        .SteadyState(new SuccessRate("front page").AtLeast(0.9))
        .SteadyFor("500ms")
        .Stability(5, "200ms")
        .Inject(Fault.Delegate("switch it off", "shop", _ => Switch(off: true), _ => Switch(off: false)));

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    public ValueTask Switch(bool off)
    {
        _isDown = off;
        return ValueTask.CompletedTask;
    }
}
