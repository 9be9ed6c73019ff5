namespace ChaosHarness.Sweeps;

/// <summary>One generic experiment on a system, as plain data: known before the system runs, and the same from run to run.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Target">The component, zone or link that it is done to; the system where it is done to all.</param>
public sealed record SweepCase(SweepKind Kind, string Target)
{
    /// <summary>In words, such as <c>lose orders-a</c>.</summary>
    /// <returns>The words; the identity of the experiment is made of them.</returns>
    public override string ToString() => Kind switch
    {
        SweepKind.LoseComponent => $"lose {Target}",
        SweepKind.FreezeComponent => $"freeze {Target}",
        SweepKind.LoseZone => $"lose zone {Target}",
        SweepKind.CutLink => $"cut {Target}",
        SweepKind.SlowLink => $"slow {Target}",
        SweepKind.RestartOneByOne => $"restart {Target} one by one",
        _ => throw new InvalidOperationException($"There is no kind of generic experiment {Kind}."),
    };
}
