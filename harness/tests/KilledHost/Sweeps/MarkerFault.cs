using System.Globalization;
using ChaosHarness.Faults;
using ChaosHarness.Safety;

namespace ChaosHarness.KilledHosts.Sweeps;

/// <summary>A fault that is a file: it is there while something is broken. What undoes it renames it, which can happen only once.</summary>
internal sealed class MarkerFault(string folder, string name) : Fault
{
    private static readonly TimeSpan Takes = TimeSpan.FromMilliseconds(40);

    public override string Description => "break " + name;

    public override IReadOnlyList<string> Targets { get; } = [name];

    protected override ValueTask<Preflight> LookAsync(CancellationToken cancellationToken) => ValueTask.FromResult(Preflight.Ready);

    protected override ValueTask<RevertRecipe> PlanRevertAsync(CancellationToken cancellationToken) => ValueTask.FromResult(RestoreMarker.Recipe(folder, name));

    protected override async ValueTask ApplyAsync(RevertRecipe recipe, CancellationToken cancellationToken)
    {
        await Task.Delay(Takes / 2, cancellationToken);
        var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{name}.{Guid.NewGuid():N}{RestoreMarker.Broken}"));
        await File.WriteAllBytesAsync(path, [], cancellationToken);
        await Task.Delay(Takes / 2, cancellationToken);
    }

    protected override async ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken)
    {
        await Task.Delay(Takes / 2, cancellationToken);
        await new RestoreMarker().RevertAsync(recipe, cancellationToken);
        await Task.Delay(Takes / 2, cancellationToken);
    }
}
