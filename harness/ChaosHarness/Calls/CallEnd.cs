namespace ChaosHarness.Calls;

/// <summary>How a call into code that is not the harness's own came to its end, as far as the harness is concerned.</summary>
internal enum CallEnd
{
    /// <summary>It returned.</summary>
    Completed,

    /// <summary>It threw.</summary>
    Threw,

    /// <summary>It did not return in the time that it had.</summary>
    TimedOut,

    /// <summary>Nobody waits for it any more: what it was made for is over.</summary>
    Abandoned,

    /// <summary>It was never begun: no thread was free for it.</summary>
    NotBegun,
}
