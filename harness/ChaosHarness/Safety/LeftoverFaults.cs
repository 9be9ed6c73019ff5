using ChaosHarness.Calls;

namespace ChaosHarness.Safety;

/// <summary>What killed runs left behind, and what could not be undone, from the fault journals.</summary>
public static class LeftoverFaults
{
    private const string LaterStart = "a later start";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Looks through the journals of runs whose process is gone, and undoes their faults: each on its own, and side by side.</summary>
    /// <param name="folder">Where fault journals are kept; may be missing.</param>
    /// <param name="reverters">The kinds of recipes that can be undone.</param>
    /// <param name="time">Where time comes from.</param>
    /// <param name="cancellationToken">Ends the work; what was not undone stays in its journal.</param>
    /// <returns>Every fault that was found, the newest first, with the problem if it could not be undone: it then stays in its journal.</returns>
    public static Task<IReadOnlyList<LeftoverFault>> RevertAsync(string folder, IReadOnlyList<IRecipeReverter> reverters, TimeProvider time, CancellationToken cancellationToken) =>
        RevertAsync(folder, reverters, new CallLimits(), time, cancellationToken);

    /// <summary>Looks through the journals of runs whose process is gone, and undoes their faults: each on its own, and side by side.</summary>
    /// <param name="folder">Where fault journals are kept; may be missing.</param>
    /// <param name="reverters">The kinds of recipes that can be undone.</param>
    /// <param name="limits">How long a fault may take to be undone: its <see cref="CallLimits.Leftover"/>.</param>
    /// <param name="time">Where time comes from.</param>
    /// <param name="cancellationToken">Ends the work; what was not undone stays in its journal.</param>
    /// <returns>Every fault that was found, the newest first, with the problem if it could not be undone: it then stays in its journal.</returns>
    public static async Task<IReadOnlyList<LeftoverFault>> RevertAsync(
        string folder,
        IReadOnlyList<IRecipeReverter> reverters,
        CallLimits limits,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reverters);
        ArgumentNullException.ThrowIfNull(limits);
        return await RevertAsync(folder, reverters, limits, time, cancellationToken, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The same, where waiting for other processes ends earlier than the work.</summary>
    /// <param name="folder">Where fault journals are kept.</param>
    /// <param name="reverters">The kinds of recipes that can be undone.</param>
    /// <param name="limits">How long a fault may take, and how long others are waited for.</param>
    /// <param name="time">Where time comes from.</param>
    /// <param name="patience">Ends the waiting; what others are undoing then is told as not undone.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <param name="by">Who undoes it, for the records of the killed runs.</param>
    internal static async Task<IReadOnlyList<LeftoverFault>> RevertAsync(
        string folder,
        IReadOnlyList<IRecipeReverter> reverters,
        CallLimits limits,
        TimeProvider time,
        CancellationToken patience,
        CancellationToken cancellationToken,
        string by = LaterStart)
    {
        var found = new List<LeftoverFault>();
        var looked = new HashSet<string>(StringComparer.Ordinal);
        var before = new HashSet<string>(StringComparer.Ordinal);
        var began = time.GetTimestamp();
        while (true)
        {
            var paths = Journals(folder).Where(path => !looked.Contains(path)).ToList();
            var taken = TakeOver(paths, time);
            looked.UnionWith(taken.Journals.Select(journal => journal.Path));
            // Looked at before ours are undone, which takes its time: others may give up meanwhile, and leave what they had to us.
            var undone = paths.Where(path => !looked.Contains(path) && FaultJournal.IsBeingUndone(path)).ToHashSet(StringComparer.Ordinal);
            found.AddRange(await RevertAsync(taken, reverters, limits, (time, by), cancellationToken).ConfigureAwait(false));
            // One look may come upon somebody who only looks as well; a run that goes on has its journal at the next, and is nobody's to wait for.
            var others = Journals(folder).Where(path => !looked.Contains(path) && (undone.Contains(path) || before.Contains(path) || FaultJournal.IsFree(path))).ToList();
            if (others.Count == 0)
            {
                return found;
            }

            if (patience.IsCancellationRequested || time.GetElapsedTime(began) >= limits.Leftover)
            {
                found.AddRange(others.Select(BeingUndone));
                return found;
            }

            before = undone;
            await Task.Delay(Pause, time, patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<IReadOnlyList<LeftoverFault>> RevertAsync(
        (List<FaultJournal> Journals, List<(FaultJournal Journal, FaultJournalLine Line)> Faults) taken,
        IReadOnlyList<IRecipeReverter> reverters,
        CallLimits limits,
        (TimeProvider Time, string Who) by,
        CancellationToken cancellationToken)
    {
        try
        {
            return await RevertOrder.RunAsync(
                [.. taken.Faults.Select(fault => fault.Line.Targets ?? [])],
                number => RevertAsync(taken.Faults[number], reverters, (new ForeignCalls(by.Time), limits.Leftover), by, cancellationToken),
                by.Time).ConfigureAwait(false);
        }
        finally
        {
            taken.Journals.ForEach(journal => journal.Dispose());
        }
    }

    /// <summary>The faults that runs whose process is gone have left behind, the newest first. Undoes none of them.</summary>
    /// <param name="folder">Where fault journals are kept; may be missing.</param>
    /// <param name="time">Where time comes from.</param>
    /// <returns>The faults, with what a person does about them.</returns>
    public static IReadOnlyList<LeftoverFault> Find(string folder, TimeProvider time)
    {
        var taken = TakeOver(folder, time);
        taken.Journals.ForEach(journal => journal.Dispose());
        var others = Journals(folder).Except(taken.Journals.Select(journal => journal.Path)).Where(FaultJournal.IsBeingUndone).Select(BeingUndone);
        return [.. taken.Faults.Select(fault => Leftover(fault, fault.Line.Recipe!.Instructions)), .. others];
    }

    /// <summary>Forgets a fault that a person has undone, or that is no more: it blocks no run from then on.</summary>
    /// <param name="folder">Where fault journals are kept.</param>
    /// <param name="id">The <see cref="LeftoverFault.Id"/>.</param>
    /// <param name="time">Where time comes from.</param>
    /// <returns>The fault; null when there is none of that id, or another process is looking at it right now.</returns>
    public static LeftoverFault? Discard(string folder, string id, TimeProvider time)
    {
        var taken = TakeOver(folder, time);
        try
        {
            if (taken.Faults.FirstOrDefault(fault => fault.Line.Id == id) is not { Journal: { } journal } found)
            {
                return null;
            }

            journal.Reverted(id);
            return Leftover(found, null);
        }
        finally
        {
            taken.Journals.ForEach(journal => journal.Dispose());
        }
    }

    private static LeftoverFault BeingUndone(string path) =>
        new(Path.GetFileName(path)[..^FaultJournal.Suffix.Length], "what that run broke", path, "another process is undoing it, and has not done so yet. Wait for it, and run this again.") { IsBeingUndone = true };

    // Run ids sort by time: what broke last comes first, across runs as within one.
    private static (List<FaultJournal> Journals, List<(FaultJournal Journal, FaultJournalLine Line)> Faults) TakeOver(string folder, TimeProvider time) => TakeOver(Journals(folder), time);

    private static IReadOnlyList<string> Journals(string folder) =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(Path.GetFullPath(folder), "*" + FaultJournal.Suffix).OrderDescending(StringComparer.Ordinal)] : [];

    private static (List<FaultJournal> Journals, List<(FaultJournal Journal, FaultJournalLine Line)> Faults) TakeOver(IEnumerable<string> paths, TimeProvider time)
    {
        var journals = new List<FaultJournal>();
        var faults = new List<(FaultJournal, FaultJournalLine)>();
        foreach (var path in paths)
        {
            if (FaultJournal.TakeOver(path, time, out var open) is { } journal)
            {
                journals.Add(journal);
                faults.AddRange(open.Reverse().Select(line => (journal, line)));
            }
        }

        return (journals, faults);
    }

    private static async Task<LeftoverFault> RevertAsync((FaultJournal Journal, FaultJournalLine Line) fault, IReadOnlyList<IRecipeReverter> reverters, (ForeignCalls Calls, TimeSpan Limit) bounded, (TimeProvider Time, string Who) by, CancellationToken cancellationToken)
    {
        var reverter = reverters.FirstOrDefault(candidate => KindOf(candidate) == fault.Line.Recipe!.Kind);
        var problem = await TryRevertAsync(fault.Line, reverter, bounded, cancellationToken).ConfigureAwait(false);
        if (problem is null)
        {
            await UndoneNote.WriteAsync(fault.Journal.Path, fault.Line.Fault ?? fault.Line.Id, by.Who, by.Time.GetUtcNow()).ConfigureAwait(false);
            try
            {
                fault.Journal.Reverted(fault.Line.Id);
            }
            catch (IOException)
            {
                // It is undone; the next run will undo it once more, which does no harm.
            }
        }

        return Leftover(fault, problem) with { IsOfUnknownKind = reverter is null };
    }

    // It is code of others, which may throw.
    private static string? KindOf(IRecipeReverter reverter)
    {
        try
        {
            return reverter.Kind;
        }
        catch (Exception)
        {
            return null;
        }
    }

    private static async Task<string?> TryRevertAsync(FaultJournalLine line, IRecipeReverter? reverter, (ForeignCalls Calls, TimeSpan Limit) bounded, CancellationToken cancellationToken)
    {
        var recipe = line.Recipe!;
        // What a run started itself ended with it.
        if (recipe.Kind == RevertRecipe.OwnedByRun)
        {
            return null;
        }

        if (reverter is null)
        {
            return recipe.Instructions;
        }

        var result = await bounded.Calls.RunAsync(new Callee(line.Fault ?? line.Id, "revert"), token => reverter.RevertAsync(recipe, token), bounded.Limit, cancellationToken).ConfigureAwait(false);
        return result.Cause is { } problem ? $"{problem.TrimEnd('.')}. {recipe.Instructions}" : null;
    }

    private static LeftoverFault Leftover((FaultJournal Journal, FaultJournalLine Line) fault, string? problem) =>
        new(fault.Line.Id, fault.Line.Fault ?? fault.Line.Id, fault.Journal.Path, problem)
        {
            Targets = fault.Line.Targets ?? [],
            System = fault.Line.System,
            At = fault.Line.At,
        };
}
