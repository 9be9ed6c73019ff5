namespace ChaosHarness.Faults.Processes;

/// <summary>Acts on processes without any ceremony: for topologies that clean up after themselves, and for their tests.</summary>
public static class ProcessSignals
{
    /// <summary>Kills a process and everything below it at once, frozen or not; harmless when it has ended.</summary>
    /// <param name="root">The process.</param>
    /// <param name="cancellationToken">Ends the wait for their end.</param>
    /// <returns>When all of them are gone.</returns>
    public static Task KillTreeAsync(ProcessIdentity root, CancellationToken cancellationToken) => new ProcessTree(root).KillAsync(cancellationToken);

    /// <summary>Asks a process to end, and kills it and everything below it when it has, or when the time is over.</summary>
    /// <param name="root">The process.</param>
    /// <param name="grace">How long it may take.</param>
    /// <param name="time">Where time comes from.</param>
    /// <param name="cancellationToken">Ends the wait for their end.</param>
    /// <returns>When all of them are gone.</returns>
    public static Task TerminateTreeAsync(ProcessIdentity root, TimeSpan grace, TimeProvider time, CancellationToken cancellationToken) =>
        new ProcessTree(root).TerminateAsync(grace, time, cancellationToken);

    /// <summary>Freezes a process and everything below it. Nothing records that: a fault does, this does not.</summary>
    /// <param name="root">The process.</param>
    public static void FreezeTree(ProcessIdentity root) => new ProcessTree(root).Freeze();

    /// <summary>Lets a process and everything below it go on that was frozen.</summary>
    /// <param name="root">The process.</param>
    public static void ResumeTree(ProcessIdentity root) => ProcessTree.Resume(new ProcessTree(root).Members);
}
