using System.Runtime.CompilerServices;
using ChaosHarness.Histories;
using ChaosHarness.Safety;
using ChaosHarness.Systems;
using ChaosHarness.Timing;

namespace ChaosHarness.Faults;

/// <summary>
/// One failure with targets and a revert. A value: it may be injected in many runs, and keeps no state of any. The order is fixed: it looks
/// whether it can be injected and undone; the plan for its revert is written to the fault journal and flushed; only then it takes effect.
/// The harness calls it on threads of its own and under time-outs.
/// </summary>
public abstract class Fault
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);
    private string? _name;
    private TimeSpan _maximumDuration = TimeSpan.FromMinutes(10);
    private IReadOnlyList<string> _mistakes = [];

    /// <summary>What it does, such as <c>crash db-a</c>.</summary>
    public abstract string Description { get; }

    /// <summary>The names of the components that it hits directly.</summary>
    public abstract IReadOnlyList<string> Targets { get; }

    /// <summary>Why it cannot be injected here, such as a signal that this operating system lacks; null when it can.</summary>
    public virtual string? Impossible => null;

    /// <summary>What it is called in records: what it does, unless it was given a name.</summary>
    public string Name => _name ?? Description;

    /// <summary>The longest that it may stay, from its being planned; then it is undone and the run is halted.</summary>
    /// <value>Default: 10 minutes.</value>
    public TimeSpan MaximumDuration => _maximumDuration;

    /// <summary>What is wrong with how it was made, a line each: the experiment is not built then.</summary>
    public virtual IReadOnlyList<string> Mistakes => _mistakes;

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
            $"Only the run that did '{description}' could undo it by itself. Undo it on {target} by hand."));

    /// <summary>A fault made of two functions.</summary>
    /// <param name="description">What it does.</param>
    /// <param name="target">The component that it hits.</param>
    /// <param name="inject">Makes it take effect.</param>
    /// <param name="revert">Undoes it; may be called again after a failure.</param>
    /// <param name="recipe">How it is undone after this process was killed; null when only this process can, and a person has to.</param>
    /// <returns>The fault.</returns>
    [OverloadResolutionPriority(-1)]
    public static Fault Delegate(
        string description,
        string target,
        Func<CancellationToken, Task> inject,
        Func<CancellationToken, Task> revert,
        RevertRecipe? recipe = null) =>
        Delegate(description, target, token => new ValueTask(inject(token)), token => new ValueTask(revert(token)), recipe);

    /// <summary>
    /// A fault that one program makes take effect and another one undoes, each within 25 seconds and with exit code 0: without a shell, so that
    /// nothing in an argument means anything. After a kill the next run undoes it, or <c>chaos faults revert</c>.
    /// </summary>
    /// <param name="description">What it does, such as <c>terminate web-2</c>.</param>
    /// <param name="target">The component that it hits.</param>
    /// <param name="inject">The program and its arguments, such as <c>["docker", "kill", "web-2"]</c>.</param>
    /// <param name="revert">The program that undoes it, also when it took effect only in part, or not at all; written to disk, so never with a secret. Null where the system replaces by itself what it lost.</param>
    /// <param name="look">A program that ends with 0 while the target is there to be hit; null when nobody looks.</param>
    /// <returns>The fault.</returns>
    public static Fault Command(string description, string target, IReadOnlyList<string> inject, IReadOnlyList<string>? revert, IReadOnlyList<string>? look = null)
    {
        ArgumentNullException.ThrowIfNull(inject);
        return new CommandFault(description, target, inject, revert, look);
    }

    /// <summary>The same fault under another name.</summary>
    /// <param name="name">What it is called in records.</param>
    /// <returns>The fault.</returns>
    public Fault Named(string name) => With(copy => copy._name = name);

    /// <summary>The same fault with another maximum duration.</summary>
    /// <param name="duration">Such as <c>30m</c>; at most 7 days.</param>
    /// <returns>The fault.</returns>
    public Fault AtMost(string duration) => DurationText.TryParse(duration, out var value) && value > TimeSpan.Zero && value <= Longest
        ? With(copy => copy._maximumDuration = value)
        : With(copy => copy._mistakes = [.. _mistakes, $"AtMost of '{Name}': '{duration}' is not a duration above 0s and up to 7 days, such as 30m."]);

    /// <summary><see cref="Name"/>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Name;

    /// <summary>Looks whether the target is there, and the way back. Has no effect on the system.</summary>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>What is missing, if anything.</returns>
    protected internal abstract ValueTask<Preflight> LookAsync(CancellationToken cancellationToken);

    /// <summary>Says how it will be undone. Has no effect on the system, and may be asked more than once: each answer is a recipe of its own.</summary>
    /// <param name="cancellationToken">Ends the planning.</param>
    /// <returns>The recipe.</returns>
    protected internal abstract ValueTask<RevertRecipe> PlanRevertAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Gets ready for the strike, when its recipe is on the disk: what takes time is over when it strikes, and what this leaves is undone like the fault.
    /// </summary>
    /// <param name="recipe">What <see cref="PlanRevertAsync"/> returned.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>When it is ready.</returns>
    protected internal virtual ValueTask PrepareAsync(RevertRecipe recipe, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Makes it take effect, and returns when it has.</summary>
    /// <param name="recipe">What <see cref="PlanRevertAsync"/> returned.</param>
    /// <param name="cancellationToken">Ends the attempt; what has taken effect is reverted.</param>
    /// <returns>When it has taken effect.</returns>
    protected internal abstract ValueTask ApplyAsync(RevertRecipe recipe, CancellationToken cancellationToken);

    /// <summary>Looks whether it is still in force. Asked all the while, until its revert begins.</summary>
    /// <param name="recipe">What <see cref="PlanRevertAsync"/> returned.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>What was seen.</returns>
    protected internal virtual ValueTask<Presence> IsThereAsync(RevertRecipe recipe, CancellationToken cancellationToken) => ValueTask.FromResult(Presence.Unknown);

    /// <summary>Undoes it, also when it took effect only in part; called again after a failure.</summary>
    /// <param name="recipe">What <see cref="PlanRevertAsync"/> returned.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>When it is undone.</returns>
    protected internal abstract ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken);

    /// <summary>Looks whether a probe that sees no more than this could see it at all.</summary>
    /// <param name="sight">What the probe sees.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>Why the probe is blind to it, and what to use instead; null when it is not.</returns>
    protected internal virtual ValueTask<string?> WhyUnseenAsync(ProbeSight sight, CancellationToken cancellationToken) => ValueTask.FromResult<string?>(null);

    /// <summary>The same, for one that tells the run more than that it is there.</summary>
    internal virtual ValueTask ApplyAsync(RevertRecipe recipe, RunClock clock, HistoryWriter history, CancellationToken cancellationToken) => ApplyAsync(recipe, cancellationToken);

    /// <summary>What exactly it is about to hit, for people; null where the targets say it all.</summary>
    internal virtual string? HitOf(RevertRecipe recipe) => null;

    private Fault With(Action<Fault> change)
    {
        var copy = (Fault)MemberwiseClone();
        change(copy);
        return copy;
    }
}
