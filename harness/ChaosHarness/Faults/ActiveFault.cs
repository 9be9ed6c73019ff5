using ChaosHarness.Timing;

namespace ChaosHarness.Faults;

/// <summary>A fault that was planned, and may have taken effect, in one run.</summary>
internal sealed class ActiveFault(string id, SingleFault fault, RevertRecipe recipe)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Id => id;

    public SingleFault Fault => fault;

    public RevertRecipe Recipe => recipe;

    /// <summary>When it took effect; its end is set once it has.</summary>
    public TimeWindow Injected { get; set; }

    /// <summary>When it was undone; null while it is not.</summary>
    public TimeWindow? Reverted { get; private set; }

    /// <summary>Whether a duration ends it, and not the end of the run.</summary>
    public bool EndsByItself { get; set; }

    /// <summary>Completes when it was undone.</summary>
    public Task Ended => _ended.Task;

    /// <summary>One revert at a time: a timer and the end of the run may both want it.</summary>
    public SemaphoreSlim Gate { get; } = new(1);

    public void MarkReverted(TimeWindow window)
    {
        Reverted = window;
        _ended.TrySetResult();
    }

    public FaultRecord ToRecord() => new(fault.Description, fault.Targets, recipe.Kind, Injected, Reverted);
}
