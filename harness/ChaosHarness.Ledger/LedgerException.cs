namespace ChaosHarness.Ledger;

/// <summary>The ledger could not be opened, read or written; the message says which one, why, and what to do. It never shows a password.</summary>
public sealed class LedgerException : Exception
{
    /// <summary>Says what happened.</summary>
    /// <param name="message">What, and what to do.</param>
    /// <param name="cause">What the database said.</param>
    public LedgerException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
