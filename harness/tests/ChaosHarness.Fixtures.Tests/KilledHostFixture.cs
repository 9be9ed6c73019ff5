using System.Diagnostics;
using System.Globalization;
using ChaosHarness.Experiments;

namespace ChaosHarness.Fixtures.Tests;

/// <summary>What tests share that kill a run: a folder for its journals, and a process that it freezes.</summary>
public abstract class KilledHostFixture
{
    private Process _target = null!;

    /// <summary>Where the run keeps its journals.</summary>
    protected string Folder { get; private set; } = null!;

    /// <summary>The number of the process that it freezes.</summary>
    protected int Target => _target.Id;

    [SetUp]
    public void Start()
    {
        Folder = Directory.CreateTempSubdirectory("killed-").FullName;
        _target = Process.Start("sleep", "600");
    }

    [TearDown]
    public void End()
    {
        _target.Kill();
        _target.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    protected static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The state of a process as the kernel has it: T while it is frozen.</summary>
    protected static char StateOf(Process process)
    {
        var stat = File.ReadAllText($"/proc/{Text(process.Id)}/stat");
        return stat[stat.LastIndexOf(')') + 2];
    }

    protected char State() => StateOf(_target);

    protected void IsFrozen() => Assert.That(State, Is.EqualTo('T').After(60_000, 10));

    /// <summary>What the next start makes of what was left.</summary>
    protected async Task<IReadOnlyList<RunRecord>> RecordsAsync()
    {
        var recorder = new Recorder();
        using var scope = RunScope.Open(new RunnerOptions { FaultJournalFolder = Folder, Recorders = [recorder] }, [], CancellationToken.None);
        await scope.SealAsync(ScopeEnd.Well);
        return recorder.Records;
    }

    private sealed class Recorder : IExperimentRecorder
    {
        public List<RunRecord> Records { get; } = [];

        public ValueTask RecordAsync(RunRecord result, CancellationToken cancellationToken)
        {
            Records.Add(result);
            return ValueTask.CompletedTask;
        }
    }
}
