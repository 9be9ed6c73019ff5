using System.Globalization;
using ChaosHarness.Experiments;

namespace ChaosHarness.Safety;

/// <summary>Decides whether an experiment may run at all.</summary>
internal static class Guard
{
    /// <summary>Why the experiment must not run, or null.</summary>
    public static string? WhyRefused(Experiment experiment, SafetyPolicy policy)
    {
        var system = experiment.System;
        var targets = experiment.Faults.SelectMany(fault => fault.Targets).Distinct(StringComparer.Ordinal).ToList();
        if (policy.HaltFile is { } halt && File.Exists(halt))
        {
            return $"the halt file '{halt}' exists; remove it to run experiments again";
        }

        if (!policy.AllowedEnvironments.Contains(system.Environment, StringComparer.OrdinalIgnoreCase))
        {
            return $"environment '{system.Environment}' is not among the allowed ones: {string.Join(", ", policy.AllowedEnvironments)}";
        }

        if (IsProduction(system.Environment) && policy.ProductionPermission != SafetyPolicy.ProductionPermissionText)
        {
            return $"'{system.Environment}' is production; to break it, set the production permission to '{SafetyPolicy.ProductionPermissionText}'";
        }

        if (targets.Count > policy.MaximumTargets)
        {
            return string.Create(CultureInfo.InvariantCulture, $"the faults hit {targets.Count} components, the blast radius is {policy.MaximumTargets}");
        }

        if (system.Components.Count > 0 && targets.Count > policy.MaximumTargetShare * system.Components.Count)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"the faults hit {targets.Count} of {system.Components.Count} components, the blast radius is {policy.MaximumTargetShare * 100:0.#}%");
        }

        return experiment.Faults.Select(fault => fault.Impossible).FirstOrDefault(reason => reason is not null);
    }

    private static bool IsProduction(string environment) => environment.StartsWith("prod", StringComparison.OrdinalIgnoreCase);
}
