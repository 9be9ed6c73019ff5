using Amazon.FIS;
using Amazon.FIS.Model;
using ChaosHarness.Aws.Accounts;
using ChaosHarness.Aws.Templates;
using ChaosHarness.Aws.Wire;

namespace ChaosHarness.Aws.Faults;

/// <summary>
/// Runs an experiment with all actions skipped, to see what it would hit, and judges that by the policy. Every target is resolved as a whole,
/// so that what is taken of it can be seen as a share.
/// </summary>
internal static class Rehearsal
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <returns>Why the experiment must not run, null when it may; and what its targets stood for.</returns>
    public static async Task<(string? Refusal, IReadOnlyList<TargetPool> Pools)> RunAsync(AwsAccount account, CreateExperimentTemplateRequest definition, CancellationToken cancellationToken)
    {
        var pools = new List<TargetPool>();
        return (await WhyRefusedAsync(account, definition, pools, cancellationToken).ConfigureAwait(false), pools);
    }

    private static async Task<string?> WhyRefusedAsync(AwsAccount account, CreateExperimentTemplateRequest definition, List<TargetPool> pools, CancellationToken cancellationToken)
    {
        var lever = await account.Fis.GetSafetyLeverAsync(new GetSafetyLeverRequest { Id = "default" }, cancellationToken).ConfigureAwait(false);
        if (lever.SafetyLever.State.Status != SafetyLeverStatus.Disengaged)
        {
            return $"the safety lever of the account is {lever.SafetyLever.State.Status}: {lever.SafetyLever.State.Reason}";
        }

        var (ended, resolved) = await ResolveAsync(account, definition, cancellationToken).ConfigureAwait(false);
        if (ended.State.Status != ExperimentStatus.Completed)
        {
            return $"the rehearsal of the experiment {ended.State.Status}, and so would the experiment: {ended.State.Reason}";
        }

        var (dead, stopped) = await DeadTargets.FindAsync(account, resolved, cancellationToken).ConfigureAwait(false);
        if (WhyStoppedAlready(definition, stopped) is { } stoppedAlready)
        {
            return stoppedAlready;
        }

        var hit = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, target) in definition.Targets ?? [])
        {
            var found = resolved.Where(candidate => candidate.TargetName == name).ToList();
            var pool = TargetPool.Of(name, target, found, dead, stopped);
            // A zone is a part of a fleet, and not the whole of what a filter leaves of it.
            pool = pool with { Whole = Math.Max(pool.Whole, await TaggedInstances.CountAsync(account, target, cancellationToken).ConfigureAwait(false)) };
            account.Tell($"{definition.Description}: {pool}");
            if (pool.WhyRefused(account.Policy, definition.ExperimentOptions?.EmptyTargetResolutionMode == EmptyTargetResolutionMode.Skip) is { } refusal)
            {
                return refusal;
            }

            pools.Add(pool);
            if (pool.Taken > 0)
            {
                hit.Add(name);
            }
        }

        if (TargetPool.WhyRefused(account.Policy, pools) is { } tooMany)
        {
            return tooMany;
        }

        if (!definition.Actions.Values.Any(action => !FisCatalogue.Idle.Contains(action.ActionId) && (action.Targets is not { Count: > 0 } targets || targets.Values.Any(hit.Contains))))
        {
            return "all targets of the experiment stand for nothing: every action that changes something would be skipped";
        }

        account.Tell($"{definition.Description}: {FisCost.Describe(definition)}");
        return null;
    }

    // To stop what is stopped changes nothing, and to undo it would start what somebody had stopped.
    private static string? WhyStoppedAlready(CreateExperimentTemplateRequest definition, IReadOnlySet<ResolvedTarget> stopped)
    {
        var names = definition.Actions.Values.Where(action => action.ActionId == FisRuns.StopInstances).SelectMany(action => (action.Targets ?? []).Values).ToHashSet(StringComparer.Ordinal);
        return stopped.FirstOrDefault(target => names.Contains(target.TargetName)) is { } found && ResolvedNames.ArnOf(found) is { } arn
            ? $"{ResolvedNames.IdOf(arn)} is stopped already: undoing the experiment would start it. Leave it out with a filter, such as State.Name running"
            : null;
    }

    private static async Task<(Experiment Ended, IReadOnlyList<ResolvedTarget> Resolved)> ResolveAsync(AwsAccount account, CreateExperimentTemplateRequest definition, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        var whole = WireJson.Reshape<CreateExperimentTemplateRequest>(definition);
        foreach (var target in (whole.Targets ?? []).Values)
        {
            target.SelectionMode = "ALL";
        }

        // What stands for nothing is judged by us, with its name.
        whole.ExperimentOptions ??= new CreateExperimentTemplateExperimentOptionsInput();
        whole.ExperimentOptions.EmptyTargetResolutionMode = EmptyTargetResolutionMode.Skip;
        var token = Guid.NewGuid().ToString("N");
        try
        {
            var started = await FisRuns.StartAsync(account, null, whole, token, ActionsMode.SkipAll, limit.Token).ConfigureAwait(false);
            var ended = await FisRuns.EndedAsync(account, started.Id, limit.Token).ConfigureAwait(false);
            return (ended, await FisRuns.ResolvedAsync(account, started.Id, limit.Token).ConfigureAwait(false));
        }
        finally
        {
            await FisRuns.CleanUpAsync(account, token, CancellationToken.None).WaitAsync(Patience, CancellationToken.None).ConfigureAwait(false);
        }
    }
}
