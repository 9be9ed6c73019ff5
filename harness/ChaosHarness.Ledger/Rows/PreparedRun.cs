using ChaosHarness.Ledger.Runs;

namespace ChaosHarness.Ledger.Rows;

/// <summary>A run as it will be written.</summary>
/// <param name="Entry">The run with its details.</param>
/// <param name="Kind">How it ended and what it showed.</param>
/// <param name="Row">Its columns.</param>
/// <param name="Figures">The values of its figures, in the order in which the run has them.</param>
internal sealed record PreparedRun(LedgerEntry Entry, RunKind Kind, RunRow Row, IReadOnlyList<FigureRow> Figures);
