using ChaosHarness.Hosts;

namespace ChaosHarness.Faults.Hosts;

/// <summary>What is done on a host by scripts of its own.</summary>
/// <param name="description">What it does.</param>
/// <param name="target">The component that it hits.</param>
/// <param name="mistakes">What is wrong with how it was made, a line each.</param>
/// <param name="whyNot">Looks for what is missing.</param>
/// <param name="plan">Says how it is done.</param>
internal sealed class ScriptedAct(
    string description,
    string target,
    IReadOnlyList<string> mistakes,
    Func<IHost, CancellationToken, ValueTask<string?>> whyNot,
    Func<IHost, CancellationToken, ValueTask<HostPlan>> plan) : IHostAct
{
    public string Description => description;

    public IReadOnlyList<string> Targets => [target];

    public IReadOnlyList<string> Mistakes => mistakes;

    public ValueTask<string?> WhyNotAsync(IHost host, CancellationToken cancellationToken) => whyNot(host, cancellationToken);

    public ValueTask<HostPlan> PlanAsync(IHost host, CancellationToken cancellationToken) => plan(host, cancellationToken);
}
