namespace ChaosHarness.Ledger.Chains;

/// <summary>The end of the chain of a ledger. Who writes it down elsewhere can tell later whether anything before it was changed or cut off.</summary>
/// <param name="Records">How many records there are up to it.</param>
/// <param name="Hash">The hash of the last one, as 64 lower-case hexadecimal digits.</param>
public sealed record LedgerHead(long Records, string Hash);
