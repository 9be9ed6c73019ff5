using ChaosHarness.Histories;

namespace ChaosHarness.Probes;

/// <summary>What one request of an open loop brought back, whoever sent it.</summary>
internal readonly record struct Answer(bool IsGood, string? Detail = null, string? Node = null, StoredId? Id = null, double? Value = null);
