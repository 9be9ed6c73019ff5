using System.Globalization;
using ChaosHarness.Journals;
using ChaosHarness.Reports.Papers;

namespace ChaosHarness.Reports.Audits;

/// <summary>What was tested with what.</summary>
internal static class VersionSection
{
    public static Grid Of(AuditedRun audited)
    {
        var (origin, versions) = (audited.Drilled.Record.Origin, audited.Drilled.Record.Versions);
        return Grid.OfFacts(
            ["Version of the system", versions?.System],
            ["Versions of its components", audited.Drilled.Record.Components.Where(component => component.Version is not null).ToList() is { Count: > 0 } told ? string.Join(", ", told.Select(component => $"{component.Name} {component.Version}")) : null],
            ["Version of the harness that ran it", versions?.Harness],
            ["Test framework", versions?.TestFramework],
            ["Test assembly", versions?.TestAssembly],
            ["Runtime", versions?.Runtime],
            ["Operating system", versions?.OperatingSystem],
            ["Commit of the plan", origin.Commit],
            ["Branch", origin.Branch],
            ["Build", origin.Build is { } build ? origin.BuildUrl is { } url ? $"{build}, {url}" : build : null],
            ["Profile", origin.Profile],
            ["Machine", origin.Host],
            ["Seed of random choices", origin.Seed?.ToString(CultureInfo.InvariantCulture)],
            ["Attempt", audited.Drilled.Record.Attempt.ToString(CultureInfo.InvariantCulture)],
            ["Labels", audited.Drilled.Record.Labels is { Count: > 0 } labels ? string.Join(", ", labels) : "none"],
            ["This pack", string.Create(CultureInfo.InvariantCulture, $"written by {audited.WrittenBy} at {audited.Drilled.Now.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, which reads journals up to schema {JournalDocument.CurrentSchema}")]);
    }
}
