namespace ChaosHarness.Safety;

/// <summary>Ends one run early. The first reason counts.</summary>
internal sealed class HaltLever : IDisposable
{
    private readonly CancellationTokenSource _halted = new();
    private readonly CancellationTokenRegistration _caller;
    private string? _reason;

    public HaltLever(CancellationToken caller) => _caller = caller.Register(() => Halt("the caller cancelled the run"));

    public CancellationToken Token => _halted.Token;

    public string? Reason => Volatile.Read(ref _reason);

    public void Halt(string reason)
    {
        if (Interlocked.CompareExchange(ref _reason, reason, null) is null)
        {
            _halted.Cancel();
        }
    }

    public void Dispose()
    {
        _caller.Dispose();
        _halted.Dispose();
    }
}
