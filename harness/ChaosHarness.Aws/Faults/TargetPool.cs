using System.Globalization;
using Amazon.FIS.Model;
using ChaosHarness.Aws.Accounts;
using ChaosHarness.Aws.Templates;

namespace ChaosHarness.Aws.Faults;

/// <summary>What a target stands for: how many of those that live it may take.</summary>
/// <param name="Name">The target.</param>
/// <param name="Target">What the template says of it.</param>
/// <param name="Living">What lives of all that fits, by name.</param>
/// <param name="Found">How many fit, with the dead.</param>
internal sealed record TargetPool(string Name, CreateExperimentTemplateTargetInput Target, IReadOnlyList<string> Living, int Found)
{
    /// <summary>What of the living serves: an instance that is stopped may be hit, and is not what the others are a share of.</summary>
    public IReadOnlyList<string> Serving { get; init; } = Living;

    /// <summary>How many that serve it is a part of: what its tags alone choose, where filters and parameters narrow that.</summary>
    public int Whole { get; init; }

    /// <summary>How many that live are taken at most: FIS chooses by chance, also among the dead.</summary>
    public int Taken => Math.Min(Chosen, Living.Count);

    private int TakenOfServing => Math.Min(Chosen, Serving.Count);

    private int Dead => Found - Living.Count;

    private int Chosen => (SelectionMode.Parse(Target.SelectionMode) ?? new SelectionMode(null, null)).Of(Found);

    public static TargetPool Of(string name, CreateExperimentTemplateTargetInput target, IReadOnlyList<ResolvedTarget> found, IReadOnlySet<ResolvedTarget> dead, IReadOnlySet<ResolvedTarget> stopped)
    {
        var living = found.Where(candidate => !dead.Contains(candidate)).ToList();
        var serving = living.Where(candidate => !stopped.Contains(candidate)).Select(ResolvedNames.Of).ToList();
        return new TargetPool(name, target, [.. living.Select(ResolvedNames.Of)], found.Count) { Serving = serving, Whole = serving.Count };
    }

    /// <returns>Why the experiment must not run; null when it may.</returns>
    public string? WhyRefused(AwsPolicy policy, bool mayBeEmpty)
    {
        if (Taken > policy.MaximumTargets)
        {
            return string.Create(CultureInfo.InvariantCulture, $"target '{Name}' of the experiment stands for {Taken} resources, the blast radius is {policy.MaximumTargets}");
        }

        if (Whole > 1 && TakenOfServing > policy.MaximumTargetShare * Whole)
        {
            return string.Create(CultureInfo.InvariantCulture, $"target '{Name}' of the experiment takes {TakenOfServing} of {Whole} resources, the blast radius is {policy.MaximumTargetShare * 100:0.#}%");
        }

        if (Taken == 0 && (!mayBeEmpty || Dead > 0))
        {
            return Dead > 0
                ? string.Create(CultureInfo.InvariantCulture, $"target '{Name}' of the experiment stands for nothing: all {Dead} that fit are dead or about to be")
                : $"target '{Name}' of the experiment stands for nothing: no {Target.ResourceType} fits";
        }

        return Chosen < Found && Chosen <= Dead
            ? string.Create(CultureInfo.InvariantCulture, $"target '{Name}' of the experiment may stand for nothing: {Dead} of {Found} that fit are dead, and only they may be chosen. Leave them out with a filter, such as State.Name running")
            : null;
    }

    /// <summary>Several targets of a type are one blast radius: each may choose others than the rest.</summary>
    /// <returns>Why the experiment must not run; null when it may.</returns>
    public static string? WhyRefused(AwsPolicy policy, IReadOnlyList<TargetPool> pools)
    {
        foreach (var several in pools.GroupBy(pool => KindOf(pool.Target.ResourceType)).Where(group => group.Count() > 1))
        {
            var taken = Math.Min(several.Sum(pool => pool.Taken), several.SelectMany(pool => pool.Living).Distinct().Count());
            var serving = several.SelectMany(pool => pool.Serving).Distinct().Count();
            var whole = Math.Max(serving, several.Max(pool => pool.Whole));
            var takenOfServing = Math.Min(several.Sum(pool => pool.TakenOfServing), serving);
            var names = string.Join(", ", several.Select(pool => $"'{pool.Name}'"));
            if (taken > policy.MaximumTargets)
            {
                return string.Create(CultureInfo.InvariantCulture, $"targets {names} of the experiment stand for {taken} resources together, the blast radius is {policy.MaximumTargets}");
            }

            if (whole > 1 && takenOfServing > policy.MaximumTargetShare * whole)
            {
                return string.Create(CultureInfo.InvariantCulture, $"targets {names} of the experiment take {takenOfServing} of {whole} resources together, the blast radius is {policy.MaximumTargetShare * 100:0.#}%");
            }
        }

        return null;
    }

    /// <summary>Holds what an experiment that was started really stands for against the policy: a fleet may have grown since it was rehearsed.</summary>
    /// <returns>Why it must be stopped; null when it may go on.</returns>
    public static string? WhyStopped(AwsPolicy policy, IReadOnlyList<TargetPool> rehearsed, IReadOnlyList<ResolvedTarget> resolved)
    {
        foreach (var several in rehearsed.GroupBy(pool => KindOf(pool.Target.ResourceType)))
        {
            var names = several.Select(pool => pool.Name).ToHashSet(StringComparer.Ordinal);
            var hit = resolved.Where(target => names.Contains(target.TargetName)).Select(ResolvedNames.Of).ToHashSet(StringComparer.Ordinal);
            // What was dead or stopped when it was rehearsed takes nothing away.
            var known = several.SelectMany(pool => pool.Living).ToHashSet(StringComparer.Ordinal);
            var resting = known.Except(several.SelectMany(pool => pool.Serving)).ToHashSet(StringComparer.Ordinal);
            var isNew = hit.Where(name => !known.Contains(name)).ToList();
            if (isNew.Count == 0)
            {
                continue;
            }

            var whole = several.Max(pool => pool.Whole) + isNew.Count;
            var taken = hit.Count(name => !resting.Contains(name));
            if (hit.Count > policy.MaximumTargets)
            {
                return string.Create(CultureInfo.InvariantCulture, $"it hits {hit.Count} resources, {isNew.Count} of them not there when it was rehearsed, and the blast radius is {policy.MaximumTargets}");
            }

            if (whole > 1 && taken > policy.MaximumTargetShare * whole)
            {
                return string.Create(CultureInfo.InvariantCulture, $"it hits {taken} of {whole} resources, {isNew.Count} of them not there when it was rehearsed, and the blast radius is {policy.MaximumTargetShare * 100:0.#}%");
            }
        }

        return null;
    }

    // Spot instances are instances as well, and FIS has a type of target for each.
    private static string KindOf(string type) => type == "aws:ec2:spot-instance" ? FisCatalogue.Instance : type;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"target '{Name}' stands for {Taken} of {Living.Count}{(Dead == 0 ? "" : $" ({Dead} more dead or about to be, not counted)")}: {string.Join(", ", Living)}");
}
