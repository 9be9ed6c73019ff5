using System.Globalization;
using System.Runtime.InteropServices;
using ChaosHarness.Experiments;

namespace ChaosHarness.Allure.Results;

/// <summary>What the report says of where its tests ran.</summary>
internal static class EnvironmentProperties
{
    public static string Of(RunRecord run)
    {
        (string Name, string? Value)[] entries =
        [
            ("System", run.System),
            ("Environment", run.Environment),
            ("Topology", run.Topology),
            ("Profile", run.Origin.Profile),
            ("Branch", run.Origin.Branch),
            ("Commit", run.Origin.Commit),
            ("Host", run.Origin.Host),
            ("Seed", run.Origin.Seed?.ToString(CultureInfo.InvariantCulture)),
            ("Runtime", RuntimeInformation.FrameworkDescription),
            ("OS", RuntimeInformation.OSDescription),
        ];
        return string.Concat(entries.Where(entry => entry.Value is not null).Select(entry => $"{entry.Name}={entry.Value}\n"));
    }
}
