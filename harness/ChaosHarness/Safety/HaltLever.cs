namespace ChaosHarness.Safety;

/// <summary>Ends one run early. The first reason counts.</summary>
internal sealed class HaltLever : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _halted = new();
    private readonly CancellationTokenRegistration _caller;
    private Action? _onHalt;
    private string? _reason;

    /// <param name="caller">Whoever cancels it halts the run.</param>
    /// <param name="whyCancelled">Says why that one did; null where nobody knows.</param>
    public HaltLever(CancellationToken caller, Func<string?>? whyCancelled = null) =>
        _caller = caller.UnsafeRegister(_ => Halt(Ask(whyCancelled) ?? "the caller cancelled the run"), null);

    public CancellationToken Token => _halted.Token;

    public string? Reason => Volatile.Read(ref _reason);

    /// <summary>Says what is not undone yet, for people who grow impatient.</summary>
    public Func<IReadOnlyList<string>> StillOpen { get; set; } = () => [];

    /// <summary>
    /// Has something done the moment the lever is pulled, by whoever pulls it, at once if it has been: for code of ours that starts things and
    /// waits for nothing. Everything else hangs on the token, whose callbacks run elsewhere and later.
    /// </summary>
    public void OnHalt(Action act)
    {
        lock (_lock)
        {
            if (_reason is null)
            {
                _onHalt += act;
                return;
            }
        }

        act();
    }

    public void Halt(string reason)
    {
        Action? act;
        lock (_lock)
        {
            if (_reason is not null)
            {
                return;
            }

            Volatile.Write(ref _reason, reason);
            act = _onHalt;
        }

        try
        {
            act?.Invoke();
        }
        finally
        {
            _ = _halted.CancelAsync();
        }
    }

    public void Dispose() => _caller.Dispose();

    // Whoever is asked may not answer, and nothing waits for that: a reason that is not known is none.
    private static string? Ask(Func<string?>? why)
    {
        if (why is null)
        {
            return null;
        }

        string? answer = null;
        var asked = new Thread(() =>
        {
            try
            {
                Volatile.Write(ref answer, why());
            }
            catch (Exception)
            {
                // It has none.
            }
        })
        { IsBackground = true, Name = "ask why" };
        asked.Start();
        asked.Join(Patience);
        return Volatile.Read(ref answer);
    }
}
