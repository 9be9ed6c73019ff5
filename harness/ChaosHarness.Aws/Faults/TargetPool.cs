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
    /// <summary>How many that live it is a part of: what its tags alone choose, where filters and parameters narrow that.</summary>
    public int Whole { get; init; } = Living.Count;

    /// <summary>How many that live are taken at most: FIS chooses by chance, also among the dead.</summary>
    public int Taken => Math.Min(Chosen, Living.Count);

    private int Dead => Found - Living.Count;

    private int Chosen => (SelectionMode.Parse(Target.SelectionMode) ?? new SelectionMode(null, null)).Of(Found);

    /// <returns>Why the experiment must not run; null when it may.</returns>
    public string? WhyRefused(AwsPolicy policy, bool mayBeEmpty)
    {
        if (Taken > policy.MaximumTargets)
        {
            return string.Create(CultureInfo.InvariantCulture, $"target '{Name}' of the experiment stands for {Taken} resources, the blast radius is {policy.MaximumTargets}");
        }

        if (Whole > 1 && Taken > policy.MaximumTargetShare * Whole)
        {
            return string.Create(CultureInfo.InvariantCulture, $"target '{Name}' of the experiment takes {Taken} of {Whole} resources, the blast radius is {policy.MaximumTargetShare * 100:0.#}%");
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
        foreach (var several in pools.GroupBy(pool => pool.Target.ResourceType).Where(group => group.Count() > 1))
        {
            var living = several.SelectMany(pool => pool.Living).Distinct().Count();
            var whole = Math.Max(living, several.Max(pool => pool.Whole));
            var taken = Math.Min(several.Sum(pool => pool.Taken), living);
            var names = string.Join(", ", several.Select(pool => $"'{pool.Name}'"));
            if (taken > policy.MaximumTargets)
            {
                return string.Create(CultureInfo.InvariantCulture, $"targets {names} of the experiment stand for {taken} resources together, the blast radius is {policy.MaximumTargets}");
            }

            if (whole > 1 && taken > policy.MaximumTargetShare * whole)
            {
                return string.Create(CultureInfo.InvariantCulture, $"targets {names} of the experiment take {taken} of {whole} resources together, the blast radius is {policy.MaximumTargetShare * 100:0.#}%");
            }
        }

        return null;
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"target '{Name}' stands for {Taken} of {Living.Count}{(Dead == 0 ? "" : $" ({Dead} more dead or about to be, not counted)")}: {string.Join(", ", Living)}");
}
