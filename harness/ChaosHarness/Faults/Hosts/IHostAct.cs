using ChaosHarness.Hosts;

namespace ChaosHarness.Faults.Hosts;

/// <summary>What a fault on a host does there, as commands. A value.</summary>
internal interface IHostAct
{
    /// <summary>What it does, such as <c>crash db-1</c>.</summary>
    string Description { get; }

    /// <summary>The components that it hits.</summary>
    IReadOnlyList<string> Targets { get; }

    /// <summary>What is wrong with how it was made, a line each.</summary>
    IReadOnlyList<string> Mistakes { get; }

    /// <summary>Looks whether it can be done and undone now. Has no effect.</summary>
    /// <returns>What is missing, and what to do about it; null when nothing is.</returns>
    ValueTask<string?> WhyNotAsync(IHost host, CancellationToken cancellationToken);

    /// <summary>Says how it is done and undone. Has no effect.</summary>
    ValueTask<HostPlan> PlanAsync(IHost host, CancellationToken cancellationToken);
}
