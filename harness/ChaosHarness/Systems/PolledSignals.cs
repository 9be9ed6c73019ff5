namespace ChaosHarness.Systems;

/// <summary>
/// A state of the system that is looked at now and then, such as a health endpoint: a signal each time that it is another one. When it changed lies between
/// the last look that saw the old state and the one that saw the new; a look that fails or hangs says nothing, and makes that wider.
/// </summary>
/// <param name="source">What its signals are called.</param>
/// <param name="look">Asks for the state.</param>
public sealed class PolledSignals(string source, Func<CancellationToken, Task<string>> look) : ISignalSource
{
    /// <summary>How often it is asked.</summary>
    /// <value>Default: 100 milliseconds.</value>
    public TimeSpan Every { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>A look that takes longer is given up.</summary>
    /// <value>Default: 2 seconds.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Whether a state means that something is wrong: coming to it is a detection, and leaving it a recovery.</summary>
    /// <value>Default: null, every change is only noted.</value>
    public Func<string, bool>? IsWrong { get; init; }

    /// <summary>Where time comes from.</summary>
    /// <value>Default: the system.</value>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <inheritdoc/>
    public IDisposable Subscribe(Action<Signal> onSignal)
    {
        ArgumentNullException.ThrowIfNull(onSignal);
        string? last = null;
        return new Polling<string>(Time, Every, Timeout, look, (state, notBefore) =>
        {
            var before = last;
            last = state;
            // How things stand at first is no change; that they are wrong already has to be known.
            if (before is null ? IsWrong?.Invoke(state) == true : before != state)
            {
                onSignal(new Signal(Time.GetTimestamp(), source, KindOf(before, state), state) { NotBefore = notBefore });
            }
        });
    }

    private SignalKind KindOf(string? before, string now) => IsWrong is not { } isWrong || (before is not null && isWrong(before) == isWrong(now)) ? SignalKind.Noted
        : isWrong(now) ? SignalKind.Detected
        : SignalKind.Recovered;
}
