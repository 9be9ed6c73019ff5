using ChaosHarness.Safety;
using ChaosHarness.Systems;

namespace ChaosHarness.NUnit.Tests;

/// <summary>A lease that somebody else has for a while.</summary>
internal sealed class SlowLease(TimeSpan busy) : ISystemLease
{
    public async ValueTask<LeaseResult> TakeAsync(SystemIdentity system, LeaseHolder holder, TimeSpan wait, CancellationToken cancellationToken)
    {
        await Task.Delay(busy, cancellationToken);
        return LeaseResult.Taken(new Held());
    }

    private sealed class Held : IHeldLease
    {
        public Task<string> Lost { get; } = new TaskCompletionSource<string>().Task;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
