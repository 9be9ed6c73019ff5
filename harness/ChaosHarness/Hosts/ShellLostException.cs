namespace ChaosHarness.Hosts;

/// <summary>A shell ended, or did not answer in time.</summary>
/// <param name="said">What it wrote to its errors before.</param>
/// <param name="isLate">Whether it was there and did not answer.</param>
internal sealed class ShellLostException(string said, bool isLate) : Exception(said)
{
    /// <summary>Whether it did not answer in time.</summary>
    public bool IsLate => isLate;

    /// <summary>Whether the program that opens it could not be started.</summary>
    public bool IsUnstarted { get; init; }
}
