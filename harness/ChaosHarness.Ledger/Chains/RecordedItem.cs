namespace ChaosHarness.Ledger.Chains;

/// <summary>What a record is of, as the ledger has it now.</summary>
/// <param name="Id">What people call it.</param>
/// <param name="IsReplaced">Whether another run counts in its place.</param>
/// <param name="Write">Writes its fields.</param>
internal sealed record RecordedItem(string Id, bool IsReplaced, Action<RecordText> Write);
