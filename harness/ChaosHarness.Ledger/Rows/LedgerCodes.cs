using ChaosHarness.Checkers;
using ChaosHarness.Ledger.Runs;

namespace ChaosHarness.Ledger.Rows;

/// <summary>What runs have in common and is kept once: their series, how they ended and what they showed, and the names of figures.</summary>
internal sealed class LedgerCodes
{
    public CodeTable<RunSeries> Series { get; } = new(
        "series",
        "series_no",
        ["experiment_id", "parameters", "system", "environment", "topology", "profile"],
        series => [series.ExperimentId, series.Parameters, series.System, series.Environment, series.Topology, series.Profile ?? ""],
        texts => new RunSeries(texts[0], texts[1], texts[2], texts[3], texts[4], texts[5].Length == 0 ? null : texts[5]));

    public CodeTable<RunKind> Kinds { get; } = new(
        "kinds",
        "kind_no",
        ["outcome", "evidence", "labels"],
        kind => [kind.Outcome, kind.Evidence, kind.Labels],
        texts => new RunKind(texts[0], texts[1], texts[2]));

    public CodeTable<FigureName> Figures { get; } = new(
        "figure_names",
        "figure_no",
        ["name", "subject", "unit", "better"],
        figure => [figure.Name, figure.Subject, figure.Unit.Symbol, figure.Better.ToString()],
        texts => new FigureName(texts[0], texts[1], new Unit(texts[2]), Enum.Parse<Better>(texts[3])));
}
