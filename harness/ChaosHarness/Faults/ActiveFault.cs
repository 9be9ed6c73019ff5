using ChaosHarness.Histories;
using ChaosHarness.Timing;

namespace ChaosHarness.Faults;

/// <summary>A fault that was planned, and may have taken effect, in one run.</summary>
internal sealed class ActiveFault(string id, SingleFault fault, RevertRecipe recipe)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Id => id;

    public SingleFault Fault => fault;

    public RevertRecipe Recipe => recipe;

    /// <summary>Its number in the history.</summary>
    public required int Number { get; init; }

    /// <summary>How it stands.</summary>
    public required FaultWindow Window { get; set; }

    /// <summary>When it was undone; null while it is not.</summary>
    public TimeWindow? Reverted => Window.Reverted;

    /// <summary>Whether a duration ends it, and not the end of the run.</summary>
    public bool EndsByItself { get; set; }

    /// <summary>Completes when it was undone.</summary>
    public Task Ended => _ended.Task;

    /// <summary>One revert at a time: a timer and the end of the run may both want it.</summary>
    public SemaphoreSlim Gate { get; } = new(1);

    public void MarkEnded() => _ended.TrySetResult();
}
