using System.Globalization;
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

    private static readonly HashSet<string> Taggable = [FisCatalogue.Instance, FisCatalogue.Database, FisCatalogue.Cluster, FisCatalogue.Bucket];

    /// <returns>Why the experiment must not run; null when it may.</returns>
    public static async Task<string?> WhyRefusedAsync(AwsAccount account, CreateExperimentTemplateRequest definition, CancellationToken cancellationToken)
    {
        if (MissingTags(account.Policy, definition) is { } untagged)
        {
            return untagged;
        }

        var lever = await account.Fis.GetSafetyLeverAsync(new GetSafetyLeverRequest { Id = "default" }, cancellationToken).ConfigureAwait(false);
        if (lever.SafetyLever.State.Status != SafetyLeverStatus.Disengaged)
        {
            return $"the safety lever of the account is {lever.SafetyLever.State.Status}: {lever.SafetyLever.State.Reason}";
        }

        var resolved = await ResolveAsync(account, definition, cancellationToken).ConfigureAwait(false);
        foreach (var (name, target) in definition.Targets ?? [])
        {
            var pool = resolved.Where(found => found.TargetName == name).Select(found => found.TargetInformation["arn"]).ToList();
            var taken = (SelectionMode.Parse(target.SelectionMode) ?? new SelectionMode(null, null)).Of(pool.Count);
            account.Tell(string.Create(CultureInfo.InvariantCulture, $"{definition.Description}: target '{name}' stands for {taken} of {pool.Count}: {string.Join(", ", pool)}"));
            if (Exceeds(account.Policy, name, taken, pool.Count) is { } refusal)
            {
                return refusal;
            }

            if (taken == 0 && definition.ExperimentOptions?.EmptyTargetResolutionMode != EmptyTargetResolutionMode.Skip)
            {
                return $"target '{name}' of the experiment stands for nothing: no {target.ResourceType} fits";
            }
        }

        account.Tell($"{definition.Description}: {FisCost.Describe(definition)}");
        return null;
    }

    private static async Task<IReadOnlyList<ResolvedTarget>> ResolveAsync(AwsAccount account, CreateExperimentTemplateRequest definition, CancellationToken cancellationToken)
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
            await FisRuns.EndedAsync(account, started.Id, limit.Token).ConfigureAwait(false);
            return await FisRuns.ResolvedAsync(account, started.Id, limit.Token).ConfigureAwait(false);
        }
        finally
        {
            await FisRuns.CleanUpAsync(account, token, CancellationToken.None).WaitAsync(Patience, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static string? MissingTags(AwsPolicy policy, CreateExperimentTemplateRequest definition)
    {
        foreach (var (name, target) in definition.Targets ?? [])
        {
            foreach (var (key, value) in Taggable.Contains(target.ResourceType) ? policy.RequiredTags : new Dictionary<string, string>())
            {
                if (target.ResourceTags?.GetValueOrDefault(key) != value)
                {
                    return $"target '{name}' of the experiment is not chosen by the tag {key}={value}, which the policy requires";
                }
            }
        }

        return null;
    }

    private static string? Exceeds(AwsPolicy policy, string name, int taken, int pool)
    {
        if (taken > policy.MaximumTargets)
        {
            return string.Create(CultureInfo.InvariantCulture, $"target '{name}' of the experiment stands for {taken} resources, the blast radius is {policy.MaximumTargets}");
        }

        return pool > 1 && taken > policy.MaximumTargetShare * pool
            ? string.Create(CultureInfo.InvariantCulture, $"target '{name}' of the experiment takes {taken} of {pool} resources, the blast radius is {policy.MaximumTargetShare * 100:0.#}%")
            : null;
    }
}
