using System.Diagnostics;

namespace ChaosHarness.Faults.Processes;

/// <summary>A process with all its descendants, as one thing that can be killed or frozen.</summary>
internal sealed class ProcessTree(ProcessIdentity root)
{
    /// <summary>The root and all that descend from it, the eldest first; none when the root has ended.</summary>
    public IReadOnlyList<ProcessIdentity> Members
    {
        get
        {
            if (!root.IsRunning)
            {
                return [];
            }

            return OperatingSystem.IsLinux()
                ? [.. ProcStat.Tree(root.Id).Where(stat => stat.IsRunning).Select(stat => new ProcessIdentity(stat.Id, stat.Started))]
                : [root];
        }
    }

    /// <summary>Stops every process of the tree from running, without ending it.</summary>
    /// <returns>Those that were stopped.</returns>
    public IReadOnlyList<ProcessIdentity> Freeze()
    {
        // The root first, so that it forks no more; then again until no child is new, as children may fork too.
        var frozen = new HashSet<ProcessIdentity>();
        bool found;
        do
        {
            found = false;
            foreach (var process in Members.Where(frozen.Add))
            {
                found = true;
                UnixSignal.Send(process, UnixSignal.Stop);
            }
        }
        while (found);
        return [.. frozen];
    }

    /// <summary>Lets processes run again, and all that descend from them; those that run already do not mind.</summary>
    public static void Resume(IReadOnlyList<ProcessIdentity> processes)
    {
        // Children before their parents, which may look after them at once.
        foreach (var process in processes.SelectMany(process => new ProcessTree(process).Members).Distinct().Reverse())
        {
            UnixSignal.Send(process, UnixSignal.Continue);
        }
    }

    /// <summary>Ends every process of the tree at once, as a power cut would, and returns when all are gone.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        if (!UnixSignal.IsSupported)
        {
            KillPortably();
            await GoneAsync([root], cancellationToken).ConfigureAwait(false);
            return;
        }

        // Frozen first: none may act on the death of another.
        Freeze();
        var members = Members;
        foreach (var process in members)
        {
            UnixSignal.Send(process, UnixSignal.Kill);
        }

        await GoneAsync(members, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Asks the root to end, and ends whatever is left of the tree once it has, or once the time is over: as a service manager does.
    /// </summary>
    public async Task TerminateAsync(TimeSpan grace, TimeProvider time, CancellationToken cancellationToken)
    {
        var members = Members;
        UnixSignal.Send(root, UnixSignal.Terminate);
        await RootGoneAsync(grace, time, cancellationToken).ConfigureAwait(false);
        foreach (var process in members.Where(process => process.IsRunning))
        {
            await new ProcessTree(process).KillAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task RootGoneAsync(TimeSpan grace, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(grace, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await GoneAsync([root], either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // It did not listen: the caller ends it.
        }
    }

    private static async Task GoneAsync(IReadOnlyList<ProcessIdentity> processes, CancellationToken cancellationToken)
    {
        while (processes.Any(process => process.IsRunning))
        {
            await Task.Delay(1, cancellationToken).ConfigureAwait(false);
        }
    }

    private void KillPortably()
    {
        if (root.IsRunning)
        {
            using var process = Process.GetProcessById(root.Id);
            process.Kill(entireProcessTree: true);
        }
    }
}
