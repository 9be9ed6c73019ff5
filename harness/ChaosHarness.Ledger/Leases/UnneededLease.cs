using ChaosHarness.Safety;

namespace ChaosHarness.Ledger.Leases;

/// <summary>The lease on a system that no other machine reaches: other leases see to it.</summary>
internal sealed class UnneededLease : IHeldLease
{
    public Task<string> Lost { get; } = new TaskCompletionSource<string>().Task;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
