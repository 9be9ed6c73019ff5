using System.Text.Json;
using ChaosHarness.Calls;

namespace ChaosHarness.Safety.Watchdogs;

/// <summary>Listens to what the owner has watched until the owner is no more, and then undoes what that left broken.</summary>
/// <param name="orders">What the owner says, an order a line. Its end is the owner's end.</param>
/// <param name="answers">What it is answered: a line for each order, empty when all is well.</param>
/// <param name="state">What others are told.</param>
/// <param name="time">Where time comes from.</param>
internal sealed class Vigil(TextReader orders, TextWriter answers, WatchdogState state, TimeProvider time)
{
    // A process that dies gives up its files one by one: its journal may still be locked when its pipe is closed already.
    private static readonly IReadOnlyList<TimeSpan> Looks = [TimeSpan.Zero, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(400), TimeSpan.FromSeconds(1.5)];
    // What cannot be undone now may be in a minute: the network is back, a host has started.
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan GivesUpAfter = TimeSpan.FromMinutes(15);
    private readonly Dictionary<string, (WatchOrder Order, IReadOnlyList<MadeReverter> Reverters, IDisposable? Shown)> _folders = new(StringComparer.Ordinal);

    /// <summary>Returns when nothing is left to undo, or when it has been tried for long enough: the next run then goes on.</summary>
    public async Task RunAsync()
    {
        while (await ReadAsync().ConfigureAwait(false) is { } line)
        {
            await AnswerAsync(await TakeAsync(line).ConfigureAwait(false)).ConfigureAwait(false);
        }

        await Task.WhenAll(_folders.Values.Select(watched => UndoAsync(watched.Order, watched.Reverters))).ConfigureAwait(false);
        foreach (var (_, _, shown) in _folders.Values)
        {
            shown?.Dispose();
        }
    }

    private async Task<string?> ReadAsync()
    {
        try
        {
            return await orders.ReadLineAsync().ConfigureAwait(false);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private async Task AnswerAsync(string text)
    {
        try
        {
            await answers.WriteLineAsync(text.ReplaceLineEndings(" ")).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // Nobody is there to read it: the end of the orders says so too.
        }
    }

    private async Task<string> TakeAsync(string line)
    {
        WatchOrder? order;
        try
        {
            order = JsonSerializer.Deserialize(line, SafetyJson.Default.WatchOrder);
        }
        catch (JsonException exception)
        {
            return $"it does not understand what it was told: {exception.Message}";
        }

        if (order is null)
        {
            return "it was told nothing";
        }

        var (made, problem) = await ReverterTypes.MakeAsync(order).ConfigureAwait(false);
        var known = _folders.GetValueOrDefault(order.Folder);
        // A second run of the same folder may bring reverters that the first has not.
        _folders[order.Folder] = (order, [.. (known.Reverters ?? []).Concat(made).DistinctBy(reverter => reverter.Type)], known.Shown ?? state.Show(order.Folder));
        return problem ?? "";
    }

    private async Task UndoAsync(WatchOrder order, IReadOnlyList<IRecipeReverter> reverters)
    {
        using var limit = new CancellationTokenSource(GivesUpAfter, time);
        foreach (var pause in Looks)
        {
            await LookAsync(order, reverters, pause, limit.Token).ConfigureAwait(false);
        }

        var next = Looks[^1];
        while (await LookAsync(order, reverters, next, limit.Token).ConfigureAwait(false) && !limit.IsCancellationRequested)
        {
            next = next + next < LongestPause ? next + next : LongestPause;
        }
    }

    // Whether something is left that may yet be undone.
    private async Task<bool> LookAsync(WatchOrder order, IReadOnlyList<IRecipeReverter> reverters, TimeSpan pause, CancellationToken cancellationToken)
    {
        await Task.Delay(pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            var found = await LeftoverFaults.RevertAsync(order.Folder, reverters, new CallLimits { Leftover = order.Limit }, time, cancellationToken, cancellationToken, "the watchdog").ConfigureAwait(false);
            // What nobody here knows how to undo is for a person, whoever left it.
            return found.Any(fault => fault is { Problem: not null, IsOfUnknownKind: false });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            // The folder is not to be had now.
            return true;
        }
    }
}
