namespace ChaosHarness.Calls;

/// <summary>Brings what continues after a plain await back to the threads of its callee.</summary>
internal sealed class OwnThreadsContext(OwnThreads threads) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state) => threads.Post(d, state);

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    public override SynchronizationContext CreateCopy() => this;
}
