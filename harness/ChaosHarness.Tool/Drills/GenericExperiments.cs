using ChaosHarness.Sweeps;

namespace ChaosHarness.Tool.Drills;

/// <summary>What reports call the test that a generic experiment would be in a project.</summary>
internal static class GenericExperiments
{
    public static string Stands(string system, SweepCase experiment) => $"{system} stands it: {experiment}";
}
