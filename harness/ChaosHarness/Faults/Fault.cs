using ChaosHarness.Timing;

namespace ChaosHarness.Faults;

/// <summary>A failure with targets and a revert, or several of them as one. A value: it may be injected in many runs.</summary>
public abstract class Fault
{
    private protected Fault()
    {
    }

    /// <summary>What it does, such as <c>crash db-a</c>.</summary>
    public abstract string Description { get; }

    /// <summary>The names of the components that it hits directly.</summary>
    public abstract IReadOnlyList<string> Targets { get; }

    /// <summary>Why it cannot be injected here, such as a signal that this operating system lacks; null when it can.</summary>
    public virtual string? Impossible => null;

    /// <summary>Injects several faults at the same time.</summary>
    /// <param name="faults">At least one.</param>
    /// <returns>The composite.</returns>
    public static Fault InParallel(params IReadOnlyList<Fault> faults) => new ParallelFaults(faults);

    /// <summary>Injects faults one after another; a fault with a duration has ended before the next one begins.</summary>
    /// <param name="faults">At least one.</param>
    /// <returns>The composite.</returns>
    public static Fault InSequence(params IReadOnlyList<Fault> faults) => new SequentialFaults(faults);

    /// <summary>A fault made of two functions.</summary>
    /// <param name="description">What it does.</param>
    /// <param name="target">The component that it hits.</param>
    /// <param name="inject">Makes it take effect.</param>
    /// <param name="revert">Undoes it; may be called again after a failure.</param>
    /// <param name="recipe">How it is undone after this process was killed; null when only this process can, and a person has to.</param>
    /// <returns>The fault.</returns>
    public static Fault Delegate(
        string description,
        string target,
        Func<CancellationToken, ValueTask> inject,
        Func<CancellationToken, ValueTask> revert,
        RevertRecipe? recipe = null) =>
        new DelegateFault(description, target, inject, revert, recipe ?? new RevertRecipe(
            RevertRecipe.InProcess,
            new Dictionary<string, string> { ["target"] = target },
            $"The run that did '{description}' ended before it could undo it. Undo it on {target} by hand."));

    /// <summary>The same fault, reverted by itself after a time.</summary>
    /// <param name="duration">Such as <c>10s</c>, from the end of the injection.</param>
    /// <returns>The timed fault.</returns>
    /// <exception cref="FormatException">The duration cannot be read.</exception>
    public Fault For(string duration) => new TimedFault(this, DurationText.Parse(duration));

    /// <summary><see cref="Description"/>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Description;

    /// <summary>The single faults that it consists of.</summary>
    internal abstract IEnumerable<SingleFault> Singles { get; }

    internal abstract Task<IReadOnlyList<ActiveFault>> InjectAsync(FaultInjection injection, CancellationToken cancellationToken);
}
