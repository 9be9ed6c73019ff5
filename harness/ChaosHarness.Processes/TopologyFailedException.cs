namespace ChaosHarness.Processes;

/// <summary>The sample system could not be brought up or back: the harness's own failure, not a finding about the system.</summary>
public sealed class TopologyFailedException : Exception
{
    /// <summary>Says what failed.</summary>
    /// <param name="message">What, and the last words of the process concerned.</param>
    /// <param name="cause">What led to it.</param>
    public TopologyFailedException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
