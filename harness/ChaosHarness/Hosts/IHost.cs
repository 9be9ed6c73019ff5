namespace ChaosHarness.Hosts;

/// <summary>A place where a command can be run: this machine, another one by ssh, a container. Safe for use by many threads at once.</summary>
public interface IHost
{
    /// <summary>What it is called in records and messages, such as <c>db-1</c>.</summary>
    string Name { get; }

    /// <summary>How another process makes the same host again.</summary>
    HostAddress Address { get; }

    /// <summary>Runs a program to its end. Several run side by side.</summary>
    /// <param name="command">What to run, and how long it may take.</param>
    /// <param name="cancellationToken">Ends the program, as far as it can be reached.</param>
    /// <returns>How it ended, whatever its exit code; a program that is not there is exit code 127.</returns>
    /// <exception cref="HostException">The host did not answer, or the program did not end in its time; the message says what to do.</exception>
    ValueTask<CommandResult> RunAsync(HostCommand command, CancellationToken cancellationToken);
}
