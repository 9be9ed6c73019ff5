using ChaosHarness.Ledger.Rows;

namespace ChaosHarness.Ledger.Chains;

/// <summary>A figure of a run in a record.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Subject">What it is of.</param>
/// <param name="Parts">Name, subject, unit, better, lower, upper, objective, met: as the database has them.</param>
internal sealed record FigureFields(string? Name, string? Subject, IReadOnlyList<object?> Parts)
{
    /// <summary>What it is called for people.</summary>
    public string Shown => Name is null ? "a figure whose name is gone" : $"the figure '{Name}'{(string.IsNullOrEmpty(Subject) ? "" : $" of '{Subject}'")}";

    public static FigureFields Of(FigureName name, FigureRow row) =>
        new(name.Name, name.Subject, [name.Name, name.Subject, name.Unit.Symbol, name.Better.ToString(), row.Lower, row.Upper, row.Objective, row.Met is { } met ? (met ? 1L : 0L) : null]);
}
