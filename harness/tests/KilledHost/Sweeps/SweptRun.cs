using System.Globalization;
using ChaosHarness.Experiments;
using ChaosHarness.Faults.Processes;
using ChaosHarness.Journals;
using ChaosHarness.Probes;
using ChaosHarness.Safety;
using ChaosHarness.SteadyState;
using ChaosHarness.Systems;

namespace ChaosHarness.KilledHosts.Sweeps;

/// <summary>A short run with a weakness and three faults, whose steps take about as long as each other.</summary>
internal static class SweptRun
{
    public const string Began = "began";

    public static async Task RunAsync(string folder, int pid, bool isWatched, bool jumps)
    {
        var state = Path.Combine(folder, "state");
        var time = jumps ? new JumpingTime() : TimeProvider.System;
        var options = new RunnerOptions
        {
            Time = time,
            FaultJournalFolder = Path.Combine(folder, "faults"),
            Watchdog = isWatched,
            Reverters = [new RestoreMarker()],
            Recorders = [new JournalRecorder(Path.Combine(folder, "journals"))],
            Safety = new SafetyPolicy { MaximumTargets = 4, MaximumTargetShare = 1 },
        };
        var target = new ExternalProcess(new Component("target", ComponentKind.Service), () => pid, "true", []);
        Console.WriteLine(Began);
        await new ExperimentRunner(options).RunAsync(Experiment.Hypothesis("nothing stays broken")
            .On(new SystemUnderTest("swept " + pid.ToString(CultureInfo.InvariantCulture)) { Environment = "local", Reach = SystemReach.Owned })
            .Probe(new DelegateProbe("pulse", _ => ValueTask.FromResult(ProbeSample.Good)).Every("10ms"))
            .SteadyState(new SuccessRate("pulse").AtLeast(0.5))
            .SteadyFor("200ms")
            .Stability(5, "100ms")
            .Given(new MarkerFault(state, "weakness"))
            .Inject(new MarkerFault(state, "first"), new MarkerFault(state, "second"), target.Freeze())
            .ObserveAtLeast("200ms")
            .VerifyAtLeast("100ms"));
    }

    /// <summary>A clock on the wall that somebody sets to another day and back, ten times a second.</summary>
    private sealed class JumpingTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow()
        {
            var now = base.GetUtcNow();
            return now.Millisecond % 200 < 100 ? now.AddDays(1) : now;
        }
    }
}
