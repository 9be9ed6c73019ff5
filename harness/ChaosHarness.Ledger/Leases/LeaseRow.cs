namespace ChaosHarness.Ledger.Leases;

/// <summary>The lease on a system as the ledger keeps it.</summary>
/// <param name="Holder">Who has it, or had it last, for people.</param>
/// <param name="Place">Which user of which machine that is: there its fault journals are.</param>
/// <param name="LeftBehind">What could not be undone; empty when nothing.</param>
/// <param name="MillisecondsLeft">How long it still lasts, by the clock of the database; not above 0 when it is free.</param>
internal sealed record LeaseRow(string Holder, string Place, string LeftBehind, long MillisecondsLeft)
{
    public bool IsFree => MillisecondsLeft <= 0;
}
