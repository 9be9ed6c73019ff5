using System.Globalization;
using ChaosHarness.Systems;

namespace ChaosHarness.Safety;

/// <summary>Decides whether a system may be broken at all. What is not known is refused; a refusal says what would allow it.</summary>
internal static class Guard
{
    /// <summary>Why the system must not be broken so, or null.</summary>
    /// <param name="system">The system.</param>
    /// <param name="hits">Everything that may be done to it.</param>
    /// <param name="policy">What may be broken.</param>
    public static string? WhyRefused(SystemUnderTest system, IReadOnlyList<PlannedHit> hits, SafetyPolicy policy) =>
        ByHaltOrder(policy)
        ?? ByEnvironment(system, policy)
        ?? ByBlastRadius(system, [.. hits.SelectMany(hit => hit.Targets).Distinct(StringComparer.Ordinal)], policy)
        ?? hits.Select(hit => hit.Impossible).FirstOrDefault(reason => reason is not null);

    private static string? ByHaltOrder(SafetyPolicy policy) => HaltWatch.WhyHalted(policy.HaltFiles) is { } halted
        ? $"{halted}; nothing runs while that file is there. To take it back: chaos halt --release, with --machine or --session NAME where the halt had it"
        : null;

    private static string? ByEnvironment(SystemUnderTest system, SafetyPolicy policy)
    {
        if (system.Environment is not { Length: > 0 } environment)
        {
            return $"nobody says where '{system.Name}' runs, so it may not be broken; set its Environment, and allow that by Chaos.AllowedEnvironments";
        }

        if (!policy.AllowedEnvironments.Contains(environment, StringComparer.OrdinalIgnoreCase))
        {
            return $"environment '{environment}' is not among the allowed ones: {string.Join(", ", policy.AllowedEnvironments)}; Chaos.AllowedEnvironments allows others";
        }

        return policy.IsProduction(environment) && policy.ProductionPermission != SafetyPolicy.ProductionPermissionText
            ? $"'{environment}' is production; to break it, set Chaos.ProductionPermission to '{SafetyPolicy.ProductionPermissionText}'"
            : null;
    }

    private static string? ByBlastRadius(SystemUnderTest system, IReadOnlyList<string> targets, SafetyPolicy policy)
    {
        var hit = $"{targets.Count} components: {string.Join(", ", targets)}";
        if (targets.Count > policy.MaximumTargets)
        {
            return string.Create(CultureInfo.InvariantCulture, $"the blast radius is {policy.MaximumTargets} components, the faults may hit {hit}; Chaos.MaximumTargets allows more");
        }

        // One may always be hit, or a system of one component could not be broken at all.
        var share = Math.Max(1, policy.MaximumTargetShare * system.Components.Count);
        return system.Components.Count > 0 && targets.Count > share
            ? string.Create(CultureInfo.InvariantCulture, $"the blast radius is {policy.MaximumTargetShare * 100:0.#}% of the system, the faults may hit {hit}, of {system.Components.Count}; Chaos.MaximumTargetShare allows more")
            : null;
    }
}
