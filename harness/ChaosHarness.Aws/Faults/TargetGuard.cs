using Amazon.FIS;
using Amazon.FIS.Model;
using ChaosHarness.Aws.Accounts;
using ChaosHarness.Aws.Templates;

namespace ChaosHarness.Aws.Faults;

/// <summary>
/// Judges an experiment before anything is asked of FIS, wherever it comes from: what is not tagged is not touched, whatever its type.
/// </summary>
internal static class TargetGuard
{
    /// <returns>Why the experiment must not run; null when it may.</returns>
    public static string? WhyRefused(AwsPolicy policy, CreateExperimentTemplateRequest definition, string name)
    {
        if (TemplateCheck.Mistakes(definition) is { Count: > 0 } mistakes)
        {
            return $"{name} is wrong: {string.Join("; ", mistakes)}";
        }

        if (!Effects.CanChange(definition))
        {
            return $"{name} changes nothing: its actions only wait and look";
        }

        // Such as a runbook of Systems Manager: what it hits stands in its parameters, where no tag is asked for.
        if (definition.Actions.FirstOrDefault(action => !FisCatalogue.Idle.Contains(action.Value.ActionId) && action.Value.Targets is not { Count: > 0 }) is { Key: { } aimless } action)
        {
            return $"action '{aimless}' ({action.Value.ActionId}) of {name} has no target: what it hits cannot be held to the tags and ARNs of the policy";
        }

        // FIS would reach into accounts that nothing here has asked about.
        return definition.ExperimentOptions?.AccountTargeting == AccountTargeting.MultiAccount
            ? $"{name} reaches into other accounts, and these cannot be rehearsed: give each account an experiment of its own"
            : (definition.Targets ?? []).Select(target => WhyRefused(policy, target.Key, target.Value)).FirstOrDefault(refusal => refusal is not null);
    }

    /// <summary>What people have to know before it is rehearsed.</summary>
    public static IEnumerable<string> Words(AwsPolicy policy, CreateExperimentTemplateRequest definition)
    {
        if (policy.RequiredTags.Count == 0)
        {
            yield return "the policy requires no tags: whatever the tags of its targets choose may be hit (AwsPolicy.RequiredTags)";
        }

        foreach (var unfamiliar in FisCatalogue.Unfamiliar(definition))
        {
            yield return $"{unfamiliar}{(unfamiliar.What.EndsWith('?') ? "" : ".")} It is left to FIS, unchecked";
        }
    }

    private static string? WhyRefused(AwsPolicy policy, string name, CreateExperimentTemplateTargetInput target)
    {
        if (target.ResourceArns is { Count: > 0 } arns)
        {
            return arns.Find(arn => !policy.AllowedArns.Contains(arn, StringComparer.Ordinal)) is { } stranger
                ? $"target '{name}' of the experiment names {stranger}, which is not among the ARNs that the policy allows: {(policy.AllowedArns.Count == 0 ? "there are none" : string.Join(", ", policy.AllowedArns))}"
                : null;
        }

        foreach (var (key, value) in policy.RequiredTags)
        {
            if (target.ResourceTags?.GetValueOrDefault(key) != value)
            {
                return $"target '{name}' of the experiment is not chosen by the tag {key}={value}, which the policy requires";
            }
        }

        return target.ResourceTags is { Count: > 0 } ? null : $"target '{name}' of the experiment is not chosen by any tag: its parameters alone may choose what belongs to others";
    }
}
