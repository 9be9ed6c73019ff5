namespace ChaosHarness.Hosts;

/// <summary>How a program on a host ended. What it wrote is as it wrote it, secrets and all: whoever puts it into a record masks it.</summary>
/// <param name="ExitCode">Its exit code; 127 where there is no such program, and 128 and more after a signal.</param>
/// <param name="Output">What it wrote to its standard output.</param>
/// <param name="Error">What it wrote to its standard error.</param>
public sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>Whether it wrote more output than was kept.</summary>
    public bool IsOutputCut { get; init; }

    /// <summary>Whether it wrote more errors than were kept.</summary>
    public bool IsErrorCut { get; init; }

    /// <summary>Whether it ended with exit code 0.</summary>
    public bool IsSuccess => ExitCode == 0;

    /// <summary>Its exit code, and nothing of what it wrote.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"exit code {ExitCode}";
}
