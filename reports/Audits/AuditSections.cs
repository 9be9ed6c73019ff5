using System.Globalization;
using ChaosHarness.Reports.Papers;

namespace ChaosHarness.Reports.Audits;

/// <summary>The sections of the report, in their order.</summary>
internal static class AuditSections
{
    public const string Answers = "answers";
    public const string Summary = "summary";
    public const string Plan = "plan";
    public const string People = "people";
    public const string Steps = "steps";
    public const string Objectives = "objectives";
    public const string Data = "data";
    public const string Deviations = "deviations";
    public const string Findings = "findings";
    public const string Versions = "versions";
    public const string Ledger = "ledger";
    public const string Files = "files";

    private static readonly string[] Order = [Answers, Summary, Plan, People, Steps, Objectives, Data, Deviations, Findings, Versions, Ledger, Files];

    /// <summary>What a section is called within a sentence, such as <c>section 3</c>.</summary>
    public static string Named(string section) => string.Create(CultureInfo.InvariantCulture, $"section {Array.IndexOf(Order, section) + 1}");

    /// <summary>A cell that leads to a section.</summary>
    public static PaperCell Link(string section) => new(Named(section)) { Section = section };
}
