using System.Reflection;
using ChaosHarness.Expectations;
using ChaosHarness.Experiments;
using ChaosHarness.NUnit.Identities;
using ChaosHarness.NUnit.Recording;
using ChaosHarness.Origins;
using NUnit.Framework.Interfaces;

namespace ChaosHarness.NUnit;

/// <summary>What the experiments of a test are run with: the profile's settings, and what the test and its assembly say.</summary>
internal static class TestOptions
{
    /// <exception cref="InvalidOperationException">The assembly names a reverter that is none.</exception>
    public static RunnerOptions Of(ITest test, ExperimentAttribute experiment, ExperimentIdentity identity, Profile profile)
    {
        var assembly = test.TypeInfo!.Assembly;
        var recorders = AssemblyRecorders.Of(assembly, profile.Recording);
        return profile.Options with
        {
            DefaultId = identity.Id,
            DefaultName = RecordedTest.NameOf(test),
            Parameters = identity.Texts,
            Labels = TestCategories.Of(test),
            Versions = RunVersions.Here(assembly) with { TestFramework = $"NUnit {RunVersions.VersionOf(typeof(ITest).Assembly)}" },
            DefaultObjectives = ObjectivesOf(experiment),
            Recorders = [.. profile.Options.Recorders, .. recorders.OfRuns],
            Leases = [.. profile.Options.Leases, .. recorders.Leases],
            Reverters = [.. profile.Options.Reverters, .. assembly.GetCustomAttributes<RecipeReverterAttribute>().Select(attribute => attribute.Make())],
        };
    }

    // Those that cannot be read are why a test never ran, and no reason to leave no record of that.
    private static Objectives ObjectivesOf(ExperimentAttribute experiment)
    {
        try
        {
            return experiment.Objectives;
        }
        catch (FormatException)
        {
            return Objectives.None;
        }
    }
}
