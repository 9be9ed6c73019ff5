using ChaosHarness.Allure;
using ChaosHarness.Experiments;
using ChaosHarness.Journals;
using ChaosHarness.Ledger.Recording;
using ChaosHarness.Origins;
using ChaosHarness.Safety;
using ChaosHarness.Sweeps;
using ChaosHarness.SystemFiles;
using ChaosHarness.Timing;

namespace ChaosHarness.Tool.Drills;

/// <summary>The runs of a drill on a system that a file describes, each as the test that it would be in a project.</summary>
internal sealed class SystemDrillRuns(Workspace workspace, SystemFile file, DrillSession session, RunnerOptions options)
{
    /// <summary>What runs of generic experiments are found by.</summary>
    public const string Label = "generic";

    private readonly AllureRecorder _report = new(session.AllureResults, Settings(workspace, null));
    private readonly ExperimentRunner _runner = new(options);

    /// <summary>How they are run.</summary>
    /// <param name="workspace">Where they are recorded.</param>
    /// <param name="file">The system, whose limits count.</param>
    /// <param name="drill">What was asked for.</param>
    /// <param name="session">The session; null where nothing is run.</param>
    public static RunnerOptions Options(Workspace workspace, SystemFile file, SystemDrill drill, DrillSession? session)
    {
        var settings = Settings(workspace, drill.Ledger);
        var usual = new RunnerOptions();
        return usual with
        {
            Safety = usual.Safety with
            {
                AllowedEnvironments = drill.AllowedEnvironments,
                ProductionPermission = drill.ProductionPermission,
                MaximumTargets = file.MaximumTargets,
                MaximumTargetShare = file.MaximumTargetShare,
                HaltFiles = [.. session is null ? Array.Empty<string>() : [session.HaltFile], workspace.HaltFile, .. usual.Safety.HaltFiles],
            },
            Reverters = KnownReverters.Added,
            Recorders = [new JournalRecorder(settings.JournalFolder), new LedgerRecording().Create(settings)],
            Leases = [.. usual.Leases, .. new[] { new LedgerRecording().CreateLease(settings) }.OfType<ISystemLease>()],
            Labels = [Label],
            Origin = RunOrigin.Here(workspace.Folder) with { Profile = Label },
        };
    }

    /// <summary>Runs one.</summary>
    /// <returns>What came of it, in a line.</returns>
    public async Task<string> RunAsync(RunningSystem running, SweepCase one, CancellationToken cancellationToken)
    {
        var start = options.Time.GetUtcNow();
        var (record, problem) = await RecordAsync(running.Experiment(one), cancellationToken).ConfigureAwait(false);
        await _report.RecordAsync(new TestRecord
        {
            Framework = "ChaosHarness",
            Fixture = typeof(GenericExperiments),
            Method = typeof(GenericExperiments).GetMethod(nameof(GenericExperiments.Stands))!,
            Name = one.ToString(),
            Parameters = [new TestParameter("system", file.Name), new TestParameter("experiment", one)],
            Categories = [Label],
            StartedAt = start,
            EndedAt = options.Time.GetUtcNow(),
            Outcome = problem is null ? record.Outcome : Outcome.Broken,
            HasFailed = problem is not null || record.Outcome != Outcome.Passed,
            Message = problem ?? record.Reason,
            Runs = [record],
            Options = options,
        }, cancellationToken).ConfigureAwait(false);
        var headlines = new Headlines(record.Figures);
        return TerminalText.Of(Secrets.Mask($"{record.Outcome} after {DurationText.Format(record.Duration)}: {problem ?? record.Reason ?? headlines.RecoveryText}"));
    }

    private async Task<(RunRecord Record, string? Problem)> RecordAsync(ExperimentBuilder experiment, CancellationToken cancellationToken)
    {
        try
        {
            return (await _runner.RunAsync(experiment, cancellationToken).ConfigureAwait(false), null);
        }
        catch (RenderingException exception)
        {
            return (exception.Records[^1], exception.Message);
        }
        catch (InvalidExperimentException exception)
        {
            // What the file allowed, and experiments do not: no other of its cases would fare better.
            throw new UsageException(exception.Message);
        }
    }

    private static RecorderSettings Settings(Workspace workspace, string? ledger) => new()
    {
        BaseFolder = workspace.Folder,
        JournalFolder = Path.Combine(workspace.Artifacts, "journals"),
        Ledger = ledger ?? Environment.GetEnvironmentVariable(RecorderSettings.LedgerVariable),
        Warn = text => Console.Error.WriteLine(text),
    };
}
