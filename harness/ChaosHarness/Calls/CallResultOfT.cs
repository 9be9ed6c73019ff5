namespace ChaosHarness.Calls;

/// <summary>What came of a call that returns something.</summary>
internal sealed record CallResult<T>(Callee Callee, CallEnd End, T? Value, Exception? Exception, TimeSpan Timeout) : CallResult(Callee, End, Exception, Timeout)
{
    /// <summary>What it returned.</summary>
    /// <exception cref="CallException">It did not return; says whose code did what.</exception>
    public T ValueOrThrow()
    {
        Require();
        return Value!;
    }
}
