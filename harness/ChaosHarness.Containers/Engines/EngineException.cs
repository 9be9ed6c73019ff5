namespace ChaosHarness.Containers.Engines;

/// <summary>The container engine could not do what it was asked to, or could not be asked.</summary>
public sealed class EngineException : Exception
{
    /// <summary>Says what failed.</summary>
    /// <param name="message">What, and what to do about it.</param>
    /// <param name="cause">What led to it; null for nothing else.</param>
    public EngineException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
