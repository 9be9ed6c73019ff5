using ChaosHarness.Faults;
using ChaosHarness.Histories;
using ChaosHarness.Safety;
using ChaosHarness.Timing;

namespace ChaosHarness.Experiments;

/// <summary>The second step of a run: whether its system may be broken, and can be; and that nobody else breaks it meanwhile.</summary>
/// <param name="runId">Which run.</param>
/// <param name="experiment">What is to be run.</param>
/// <param name="options">How.</param>
/// <param name="reverters">What undoes faults of killed runs.</param>
/// <param name="clock">The clock of the run.</param>
/// <param name="history">What is told of it.</param>
/// <param name="lever">What ends it early.</param>
internal sealed class GuardStep(string runId, Experiment experiment, RunnerOptions options, IReadOnlyList<IRecipeReverter> reverters, RunClock clock, HistoryWriter history, HaltLever lever)
{
    private const string LocalEnvironment = "local";
    private static readonly TimeSpan LongAnswer = TimeSpan.FromSeconds(5);
    private Task _haltWatch = Task.CompletedTask;

    /// <summary>What keeps others from the system; null while it is not had.</summary>
    public SystemHold? Hold { get; private set; }

    /// <summary>What earlier runs left broken of the system, and could not be undone.</summary>
    public IReadOnlyList<string> Left { get; private set; } = [];

    /// <summary>Whether nobody can run it on a machine like this.</summary>
    public bool IsImpossible { get; private set; }

    /// <summary>Ends when nobody looks for orders to halt any more.</summary>
    public Task HaltWatched => _haltWatch;

    /// <summary>Guards the run.</summary>
    /// <param name="over">Cancelled when the run is over: until then orders to halt are looked for.</param>
    /// <returns>What there is to tell of it; null for nothing.</returns>
    /// <exception cref="NotRunException">It may not be run, or cannot.</exception>
    public async Task<string?> RunAsync(CancellationToken over)
    {
        lever.Token.ThrowIfCancellationRequested();
        // Refused before anybody is waited for.
        IReadOnlyList<Fault> faults = [.. experiment.Weakened, .. experiment.Faults];
        if (Guard.WhyRefused(experiment.System, [.. faults.Select(fault => new PlannedHit(fault.Name, fault.Targets, fault.Impossible))], options.Safety) is { } refusal)
        {
            // What nobody can mend on this machine is told apart from what somebody has to allow.
            IsImpossible = faults.Any(fault => fault.Impossible == refusal);
            throw new NotRunException(refusal);
        }

        // From here on an order to halt ends the run, in whichever step it is.
        _haltWatch = new HaltWatch(clock, lever, options.Safety.HaltFiles).RunAsync(over);
        await RequirePermissionAsync().ConfigureAwait(false);
        var asked = clock.Now;
        await HoldAsync().ConfigureAwait(false);
        if (clock.Now - asked > LongAnswer)
        {
            // What was permitted before another run had the system need not be so any more.
            await RequirePermissionAsync().ConfigureAwait(false);
        }

        // What is being undone goes on when the run is halted.
        var leftovers = await LeftoverFaults.RevertAsync(options.FaultJournalFolder, reverters, options.Limits, options.Time, lever.Token, CancellationToken.None).ConfigureAwait(false);
        foreach (var leftover in leftovers)
        {
            history.Add(new Mark(clock.Now, MarkKind.Note, leftover.Fault, leftover.Problem ?? "left by a killed run, reverted"));
        }

        // Whoever else reaches the system knows now what of earlier runs is undone, and what is not.
        Left = [.. leftovers.Where(leftover => leftover.System == experiment.System.Identity.Key).Select(leftover => leftover.Problem).OfType<string>()];
        await Hold!.LeaveAsync(Left).ConfigureAwait(false);

        var targets = faults.SelectMany(fault => fault.Targets).ToList();
        if (leftovers.FirstOrDefault(leftover => leftover.Blocks(experiment.System.Identity.Key, targets)) is { } open)
        {
            lever.Token.ThrowIfCancellationRequested();
            throw new NotRunException(open.IsBeingUndone ? $"an earlier run left something broken (journal {open.Journal}): {open.Problem}" : $"an earlier run left '{open.Fault}' behind: {open.Problem?.TrimEnd('.')}. Then have it forgotten: chaos faults discard {open.Id} --journals \"{options.FaultJournalFolder}\", or remove {open.Journal}, which is of that run alone");
        }

        var sights = experiment.Probes.Where(probe => probe.Sight is not null).Select(probe => (probe.Name, probe.Sight!)).ToList();
        if (await new FaultLooks(options.Time, options.Limits.Look).WhyRefusedAsync(faults, sights, lever.Token).ConfigureAwait(false) is { } obstacle)
        {
            lever.Token.ThrowIfCancellationRequested();
            throw new NotRunException(obstacle);
        }

        var undone = leftovers.Where(leftover => leftover.Problem is null).Select(leftover => leftover.Fault).ToList();
        string?[] told = [undone.Count == 0 ? null : $"undone what a killed run left: {string.Join(", ", undone)}", WhyJournalMayBeLost()];
        return told.All(text => text is null) ? null : string.Join("; ", told.OfType<string>());
    }

    /// <summary>Lets others have the system.</summary>
    public async Task ReleaseAsync()
    {
        if (Hold is not null)
        {
            await Hold.DisposeAsync().ConfigureAwait(false);
        }
    }

    // The agent of a pipeline may be gone before anybody can undo from its disk what it left broken elsewhere.
    private string? WhyJournalMayBeLost() => options.Origin.Build is not null && experiment.System.Environment is not (null or LocalEnvironment) && options.FaultJournalFolder == options.UsersFolder
        ? $"what would undo this after a kill is on this machine alone, in {options.UsersFolder}: set Chaos.FaultJournalFolder to a folder that outlives the agent"
        : null;

    private async Task RequirePermissionAsync()
    {
        var run = new IntendedRun(experiment.Name, experiment.System.Name, experiment.System.Environment, options.Time.GetUtcNow());
        if (await new RunPermits(options.Safety.Permits, options.Time, options.Limits.Permit).WhyRefusedAsync(run, lever.Token).ConfigureAwait(false) is { } refusal)
        {
            lever.Token.ThrowIfCancellationRequested();
            throw new NotRunException(refusal);
        }
    }

    private async Task HoldAsync()
    {
        var holder = LeaseHolder.Here(runId, experiment.Name, clock.StartedAt);
        // Another run has the system meanwhile: none of this is the time of this one.
        using var waiting = options.RunningTime?.Wait();
        var (hold, refusal) = await new SystemLeases(options.Leases, options.Time, options.Limits).TakeAsync(experiment.System.Identity, holder, options.LeaseWait, lever.Token).ConfigureAwait(false);
        Hold = hold ?? throw new NotRunException(refusal!);
        Hold.HaltWhenLost(lever);
    }
}
