using System.Collections.Concurrent;
using Amazon.FIS;
using Amazon.FIS.Model;
using ChaosHarness.Aws.Accounts;
using ChaosHarness.Faults;
using ChaosHarness.Safety;

namespace ChaosHarness.Aws.Faults;

/// <summary>An experiment of AWS FIS.</summary>
internal sealed class FisFault(AwsAccount account, FisSource source, IReadOnlyList<string> targets) : Fault
{
    private const int LooksForReason = 25;
    private readonly ConcurrentDictionary<RevertRecipe, (string Id, CancellationTokenSource Stop, Task Following)> _followed = new();

    // Shared by copies under other names: whichever of them was looked at, what was found right is the same.
    private readonly LastChecked _checked = new();

    public override string Description => source.Description;

    public override IReadOnlyList<string> Targets => targets;

    protected override async ValueTask<Preflight> LookAsync(CancellationToken cancellationToken) =>
        await ObstacleAsync(cancellationToken).ConfigureAwait(false) is { } obstacle ? Preflight.NotReady(obstacle) : Preflight.Ready;

    private async Task<string?> ObstacleAsync(CancellationToken cancellationToken)
    {
        var (refusal, accountId) = await AccountCheck.LookAsync(account, cancellationToken).ConfigureAwait(false);
        if (refusal is not null)
        {
            return refusal;
        }

        try
        {
            var definition = await source.DefinitionAsync(account, cancellationToken).ConfigureAwait(false);
            refusal = TargetGuard.WhyRefused(account.Policy, definition, source.Name)
                ?? await AlarmCheck.WhyRefusedAsync(account, accountId, definition, cancellationToken).ConfigureAwait(false);
            if (refusal is not null)
            {
                return refusal;
            }

            foreach (var word in TargetGuard.Words(account.Policy, definition))
            {
                account.Tell($"{Description}: {word}");
            }

            (refusal, var pools) = await Rehearsal.RunAsync(account, definition, cancellationToken).ConfigureAwait(false);
            if (refusal is null)
            {
                _checked.Value = new CheckedDefinition(definition, accountId, pools);
            }

            return refusal;
        }
        catch (Exception exception) when (AccountCheck.Explain(exception, account, cancellationToken) is not null)
        {
            return AccountCheck.Explain(exception, account, cancellationToken);
        }
    }

    protected override ValueTask<RevertRecipe> PlanRevertAsync(CancellationToken cancellationToken) => ValueTask.FromResult(StopFisExperiment.Recipe(account, Guid.NewGuid().ToString("N")));

    protected override async ValueTask ApplyAsync(RevertRecipe recipe, CancellationToken cancellationToken)
    {
        var definition = await RequireCheckedAsync(cancellationToken).ConfigureAwait(false);
        var experiment = await FisRuns.StartAsync(account, source.TemplateId, definition, StopFisExperiment.TokenOf(recipe), ActionsMode.RunAll, cancellationToken).ConfigureAwait(false);
        if (DefinitionChange.Between(definition, experiment) is { } change)
        {
            await FisRuns.StopAsync(account, experiment.Id, cancellationToken).ConfigureAwait(false);
            throw new InvalidOperationException($"The FIS experiment {experiment.Id} was stopped: it is not what was checked and rehearsed: {change}");
        }

        var stop = new CancellationTokenSource();
        _followed[recipe] = (experiment.Id, stop, FollowAsync(experiment.Id, stop.Token));
        IReadOnlyList<ResolvedTarget>? resolved = null;
        while (!Effects.HaveBegun(experiment))
        {
            await Task.Delay(account.PollInterval / 5, cancellationToken).ConfigureAwait(false);
            experiment = await FisRuns.GetAsync(account, experiment.Id, cancellationToken).ConfigureAwait(false);
            if (experiment.State.Status == ExperimentStatus.Running)
            {
                resolved ??= await RequireWithinAsync(experiment.Id, cancellationToken).ConfigureAwait(false);
            }
        }

        if (experiment.State.Status == ExperimentStatus.Failed)
        {
            throw new InvalidOperationException($"The FIS experiment {experiment.Id} failed: {experiment.State.Reason}");
        }

        // Its actions are over a moment before it says itself that it is, and why.
        for (var look = 0; look < LooksForReason && Effects.WhyNone(experiment) is not null && !FisRuns.HasEnded(experiment.State.Status); look++)
        {
            await Task.Delay(account.PollInterval / 5, cancellationToken).ConfigureAwait(false);
            experiment = await FisRuns.GetAsync(account, experiment.Id, cancellationToken).ConfigureAwait(false);
        }

        if (Effects.WhyNone(experiment) is { } reason)
        {
            throw new InvalidOperationException($"The FIS experiment {experiment.Id} injected nothing: {reason}");
        }

        resolved ??= await RequireWithinAsync(experiment.Id, cancellationToken).ConfigureAwait(false);
        account.Signals.Note(Description, "hits " + string.Join(", ", resolved.Select(ResolvedNames.Of)));
    }

    // FIS resolves its targets anew when it starts, and then a fleet may be another than the one that was rehearsed.
    private async Task<IReadOnlyList<ResolvedTarget>> RequireWithinAsync(string experiment, CancellationToken cancellationToken)
    {
        var resolved = await FisRuns.ResolvedAsync(account, experiment, cancellationToken).ConfigureAwait(false);
        if (TargetPool.WhyStopped(account.Policy, _checked.Value!.Pools, resolved) is { } reason)
        {
            await FisRuns.StopAsync(account, experiment, cancellationToken).ConfigureAwait(false);
            throw new InvalidOperationException($"The FIS experiment {experiment} was stopped: {reason}");
        }

        return resolved;
    }

    // One that is over has done what it was to do, and a stop by an alarm is the system's own doing; one that failed has not happened.
    protected override async ValueTask<Presence> IsThereAsync(RevertRecipe recipe, CancellationToken cancellationToken)
    {
        if (!_followed.TryGetValue(recipe, out var followed))
        {
            return Presence.Unknown;
        }

        var experiment = await FisRuns.GetAsync(account, followed.Id, cancellationToken).ConfigureAwait(false);
        var state = experiment.State;
        return state.Status == ExperimentStatus.Failed || state.Status == ExperimentStatus.Cancelled ? Presence.Gone($"the FIS experiment {state.Status}: {state.Reason}")
            : Effects.WhyNone(experiment) is { } reason ? Presence.Gone($"the FIS experiment injected nothing: {reason}")
            : IsCutShort(state) ? Presence.Gone($"the FIS experiment was stopped before its end: {state.Reason}")
            : state.Status == ExperimentStatus.Running ? Presence.There
            : Presence.Unknown;
    }

    // By a person or the safety lever: what it had not done yet was not survived.
    private static bool IsCutShort(ExperimentState state) =>
        (state.Status == ExperimentStatus.Stopped || state.Status == ExperimentStatus.Stopping) && state.Reason?.Contains("stop condition", StringComparison.OrdinalIgnoreCase) is not true;

    protected override async ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken)
    {
        if (_followed.TryRemove(recipe, out var followed))
        {
            await followed.Stop.CancelAsync().ConfigureAwait(false);
            await followed.Following.ConfigureAwait(false);
            followed.Stop.Dispose();
        }

        await FisRuns.CleanUpAsync(account, StopFisExperiment.TokenOf(recipe), cancellationToken).ConfigureAwait(false);
    }

    // Somebody may have changed a template that is in the account, or an alarm, since they were looked at.
    private async Task<CreateExperimentTemplateRequest> RequireCheckedAsync(CancellationToken cancellationToken)
    {
        if (_checked.Value is null && await ObstacleAsync(cancellationToken).ConfigureAwait(false) is { } obstacle)
        {
            throw new InvalidOperationException(obstacle);
        }

        var (was, accountId, _) = _checked.Value!;
        var definition = await source.DefinitionAsync(account, cancellationToken).ConfigureAwait(false);
        if (DefinitionChange.Between(was, definition) is { } change)
        {
            throw new InvalidOperationException($"{source.Name} was changed after it was checked and rehearsed, and is not run: {change}");
        }

        return await AlarmCheck.WhyRefusedAsync(account, accountId, definition, cancellationToken).ConfigureAwait(false) is { } refusal ? throw new InvalidOperationException(refusal) : definition;
    }

    // Puts what the experiment does on the timeline, for as long as it goes on.
    private async Task FollowAsync(string id, CancellationToken stop)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var experiment = await FisRuns.GetAsync(account, id, stop).ConfigureAwait(false);
                var states = experiment.Actions.Select(action => (Name: $"{Description}: {action.Key}", State: $"{action.Value.State.Status}", action.Value.State.Reason))
                    .Append((Name: Description, State: $"{experiment.State.Status}", experiment.State.Reason));
                foreach (var (name, state, reason) in states.Where(entry => seen.GetValueOrDefault(entry.Name) != entry.State))
                {
                    seen[name] = state;
                    account.Signals.Note(name, $"{state}: {reason}");
                }

                if (FisRuns.HasEnded(experiment.State.Status))
                {
                    return;
                }
            }
            catch (Exception exception) when (exception is Amazon.Runtime.AmazonServiceException or Amazon.Runtime.AmazonClientException or HttpRequestException)
            {
                account.Signals.Note(Description, $"its state could not be read: {exception.Message}");
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(account.PollInterval, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
