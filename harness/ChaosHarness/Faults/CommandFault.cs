using ChaosHarness.Safety;

namespace ChaosHarness.Faults;

/// <summary>A fault that one program makes take effect, and another one undoes.</summary>
internal sealed class CommandFault(string description, string target, IReadOnlyList<string> inject, IReadOnlyList<string>? revert, IReadOnlyList<string>? look) : Fault
{
    private static readonly RevertRecipe Nothing = new(RevertRecipe.OwnedByRun, new Dictionary<string, string>(), "Nothing has to be undone: the system replaces what was lost by itself.");
    private readonly IReadOnlyList<string> _inject = Rooted(inject);
    private readonly IReadOnlyList<string>? _revert = revert is null ? null : Rooted(revert);
    private readonly IReadOnlyList<string>? _look = look is null ? null : Rooted(look);

    public override string Description => description;

    public override IReadOnlyList<string> Targets => [target];

    public override IReadOnlyList<string> Mistakes => new[] { _inject, _revert, _look }.OfType<IReadOnlyList<string>>().All(call => call is [{ Length: > 0 }, ..] && call.All(word => word is not null))
        ? base.Mistakes
        : [.. base.Mistakes, $"Command of '{Name}': each command begins with a program, and none of its arguments is null."];

    protected internal override async ValueTask<Preflight> LookAsync(CancellationToken cancellationToken)
    {
        if (new[] { _inject, _revert, _look }.OfType<IReadOnlyList<string>>().FirstOrDefault(call => !RunCommand.CanFind(call[0])) is { } missing)
        {
            return Preflight.NotReady($"'{Name}' cannot be done and undone here: there is no program '{missing[0]}'; install it, or give its path");
        }

        try
        {
            await RunAsync(_look, cancellationToken).ConfigureAwait(false);
            return Preflight.Ready;
        }
        catch (InvalidOperationException exception)
        {
            return Preflight.NotReady($"{target} is not there to be hit: {exception.Message}");
        }
    }

    protected internal override ValueTask<RevertRecipe> PlanRevertAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(_revert is { } call ? RunCommand.Recipe(call[0], [.. call.Skip(1)]) : Nothing);

    protected internal override ValueTask ApplyAsync(RevertRecipe recipe, CancellationToken cancellationToken) => RunAsync(_inject, cancellationToken);

    protected internal override ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken) => RunAsync(_revert, cancellationToken);

    private static async ValueTask RunAsync(IReadOnlyList<string>? call, CancellationToken cancellationToken)
    {
        if (call is not null)
        {
            await RunCommand.RunAsync(call[0], [.. call.Skip(1)], RunCommand.Patience, cancellationToken).ConfigureAwait(false);
        }
    }

    // Whoever undoes it after a kill is somewhere else.
    private static IReadOnlyList<string> Rooted(IReadOnlyList<string> call) => call is [{ } program, ..] && Path.GetDirectoryName(program) is { Length: > 0 } ? [Path.GetFullPath(program), .. call.Skip(1)] : call;
}
