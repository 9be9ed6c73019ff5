namespace ChaosHarness.Calls;

/// <summary>Is told how the calls to a source fare, on any thread; each call returns at once.</summary>
internal interface IRatedCallObserver<in T>
{
    /// <summary>A thread is about to make the call.</summary>
    void Begun(long number);

    /// <summary>It ended; told once for each call, and never for what comes later.</summary>
    void Ended(long number, CallEnd end, T? value, Exception? exception);
}
