using ChaosHarness.Calls;
using ChaosHarness.Histories;
using ChaosHarness.Timing;

namespace ChaosHarness.Faults;

/// <summary>Looks whether faults are still in force, until they are about to be undone.</summary>
internal sealed class PresenceWatch(RunClock clock, HistoryWriter history, TimeSpan limit)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private readonly ForeignCalls _calls = new(clock.Time);
    private readonly TaskCompletionSource<string> _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes with what happened once somebody else took a fault away.</summary>
    public Task<string> Gone => _gone.Task;

    public void Start(ActiveFault fault, TimeSpan injected) => _ = WatchAsync(fault, injected);

    /// <summary>Looks once.</summary>
    /// <returns>Whether it is seen to be in force no more.</returns>
    public async Task<bool> LookAsync(ActiveFault fault, TimeSpan injected)
    {
        var look = await _calls.RunAsync(new Callee(fault.Name, "look whether it is there"), token => fault.Fault.IsThereAsync(fault.Recipe, token), limit, fault.Ending).ConfigureAwait(false);
        if (look.Value is not { Kind: PresenceKind.Superseded or PresenceKind.Gone } ended)
        {
            return false;
        }

        fault.WhileInForce(() => Note(fault, ended, clock.Now - injected));
        return true;
    }

    private async Task WatchAsync(ActiveFault fault, TimeSpan injected)
    {
        while (true)
        {
            await Task.Delay(Pause, clock.Time, fault.Ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (fault.Ending.IsCancellationRequested)
            {
                return;
            }

            if (await LookAsync(fault, injected).ConfigureAwait(false))
            {
                return;
            }
        }
    }

    private void Note(ActiveFault fault, Presence ended, TimeSpan after)
    {
        if (fault.Entry.Window.End is not null)
        {
            return;
        }

        var isGone = ended.Kind == PresenceKind.Gone;
        fault.Entry.Ended(isGone ? FaultEnd.Gone : FaultEnd.Superseded);
        var what = $"after {DurationText.Format(after)}: {ended.Detail}";
        history.Add(new Mark(clock.Now, MarkKind.Note, fault.Name, $"{(isGone ? "gone" : "ended by the system itself")} {what}"));
        if (isGone)
        {
            _gone.TrySetResult($"the fault '{fault.Name}' was gone {what}");
        }
    }
}
