using System.Globalization;
using System.IO.Enumeration;
using System.Runtime.InteropServices;
using ChaosHarness.Experiments;
using ChaosHarness.Safety;
using ChaosHarness.Sweeps;
using ChaosHarness.SystemFiles;
using ChaosHarness.Timing;
using ChaosHarness.Tool.Commands;
using ChaosHarness.Tool.Reports;

namespace ChaosHarness.Tool.Drills;

/// <summary>Every generic experiment on a system that a file describes, one after the other, with the same records, table and report as a drill of tests.</summary>
internal sealed class SystemDrill(Workspace workspace, SystemFile file)
{
    /// <summary>Which experiments; all when empty.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    public IReadOnlyList<string> AllowedEnvironments { get; init; } = ["local"];

    public string? ProductionPermission { get; init; }

    public string? Ledger { get; init; }

    /// <summary>Whether there is to be no Allure site.</summary>
    public bool IsPlain { get; init; }

    /// <summary>Says which experiments there are.</summary>
    public int List()
    {
        foreach (var one in Wanted(file.AllCases))
        {
            Lines.Write($"{one}{(file.WhyBeyond(one) is { } why ? $"  (left out: {why})" : "")}");
        }

        foreach (var part in file.Untouched)
        {
            Lines.Write($"Nothing can be done to {part}: say how it is found (pid-file, process, unit, container), or the commands crash and start.");
        }

        return ExitCodes.Done;
    }

    /// <summary>Looks at everything that would be hit.</summary>
    public async Task<int> RehearseAsync(CancellationToken cancellationToken)
    {
        var cases = Chosen();
        var running = await StartAsync(cancellationToken).ConfigureAwait(false);
        await using var ending = running.ConfigureAwait(false);
        var runner = new ExperimentRunner(SystemDrillRuns.Options(workspace, file, this, null));
        var refused = 0;
        foreach (var one in cases)
        {
            var why = await runner.RehearseAsync(running.Experiment(one), cancellationToken).ConfigureAwait(false);
            refused += why is null ? 0 : 1;
            Lines.Write($"{one}: {(why is null ? "could be run" : $"would not be run: {TerminalText.Of(why)}")}");
        }

        Lines.Write(string.Create(CultureInfo.InvariantCulture, $"{cases.Count - refused} of {cases.Count} could be run. Nothing was broken."));
        return refused == 0 ? ExitCodes.Done : ExitCodes.NotAllPassed;
    }

    /// <summary>Runs them.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var cases = Chosen();
        Announce(cases);
        var interrupted = false;
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Halt);
        using var end = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Halt);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Halt);
        var running = await StartAsync(cancellationToken).ConfigureAwait(false);
        var session = DrillSession.Begin(workspace);
        await using (running.ConfigureAwait(false))
        {
            var runs = new SystemDrillRuns(workspace, file, session, SystemDrillRuns.Options(workspace, file, this, session));
            for (var number = 0; number < cases.Count && !interrupted; number++)
            {
                Lines.Write(string.Create(CultureInfo.InvariantCulture, $"{number + 1} of {cases.Count}: {cases[number]} ..."));
                Lines.Write("  " + await runs.RunAsync(running, cases[number], cancellationToken).ConfigureAwait(false));
            }
        }

        await SummaryCommand.BuildAsync(workspace, session, IsPlain ? SiteKind.None : SiteKind.Appended).ConfigureAwait(false);
        var scorecard = await ReportCommand.TryWriteScorecardAsync(workspace, session).ConfigureAwait(false);
        var table = await SummaryCommand.FinishAsync(workspace, session, Ledger, scorecard).ConfigureAwait(false);
        if (interrupted)
        {
            Lines.Write("Interrupted: what was under way was halted, and is in the ledger as such.");
        }

        return interrupted ? ExitCodes.NotAllPassed : table;

        // The run that is under way hears it too, and undoes what it did.
        void Halt(PosixSignalContext signal) => signal.Cancel = interrupted = true;
    }

    // Whoever reads along can still stop it.
    private void Announce(List<SweepCase> cases)
    {
        var hit = cases.SelectMany(file.TargetsOf).Distinct(StringComparer.Ordinal).ToList();
        Lines.Write(string.Create(CultureInfo.InvariantCulture, $"{cases.Count} {(cases.Count == 1 ? "experiment" : "experiments")} on {file.Name} in {file.Environment}, which will hit: {string.Join(", ", hit)}. To stop them: Ctrl-C, or chaos halt."));
        foreach (var one in Wanted(file.AllCases).Except(cases))
        {
            Lines.Write($"Left out, {one}: {file.WhyBeyond(one)}");
        }

        if (file.Plan.Objectives.Expectations.Count == 0)
        {
            Lines.Write("The file names no objectives: recovery is measured, and only the steady state is judged.");
        }
    }

    private async Task<RunningSystem> StartAsync(CancellationToken cancellationToken)
    {
        if (file.Plan.NeedsProxies || file.Plan.Components.Any(component => component.Values.Has(SystemFiles.Sections.ComponentSection.Run)))
        {
            Lines.Write($"Starting what {file.Name} has the harness run");
        }

        try
        {
            var since = TimeProvider.System.GetTimestamp();
            var running = await file.StartAsync(cancellationToken).ConfigureAwait(false);
            Lines.Write($"Started in {DurationText.Format(TimeProvider.System.GetElapsedTime(since))}");
            return running;
        }
        catch (Exception exception) when (exception is NotRunException or ImpossibleException or InvalidOperationException)
        {
            throw new UsageException(exception.Message);
        }
    }

    private List<SweepCase> Wanted(IReadOnlyList<SweepCase> cases) =>
        [.. cases.Where(one => Only.Count == 0 || Only.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, one.ToString())))];

    /// <exception cref="UsageException">There is none.</exception>
    private List<SweepCase> Chosen()
    {
        var wanted = Wanted(file.AllCases);
        var within = wanted.Where(one => file.WhyBeyond(one) is null).ToList();
        return within.Count > 0 ? within
            : wanted.Count > 0 ? throw new UsageException($"Every experiment that was asked for is beyond the limits of the file: {wanted[0]}: {file.WhyBeyond(wanted[0])}")
            : throw new UsageException(file.AllCases.Count == 0 ? "Nothing can be done to any part of this system: say how its components are found, or the commands crash and start." : $"No experiment is like {string.Join(" or ", Only.Select(pattern => $"'{pattern}'"))}. There are: {string.Join(", ", file.AllCases)}.");
    }
}
