using ChaosHarness.Probes;
using ChaosHarness.SystemFiles.Plans;
using ChaosHarness.SystemFiles.Sections;

namespace ChaosHarness.SystemFiles.Parts;

/// <summary>A probe as a file describes it.</summary>
internal static class ProbePart
{
    private static readonly TimeSpan Usual = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan OfProgram = TimeSpan.FromMilliseconds(500);

    public static Probe Of(TrafficPlan plan)
    {
        var values = plan.Values;
        var command = values.Get(ProbeSection.Command);
        Probe probe = values.Get(ProbeSection.Http) is { } address ? new HttpProbe(plan.Name, address)
            : values.Get(ProbeSection.Tcp) is { } endpoint ? new TcpProbe(plan.Name, endpoint.Host, endpoint.Port)
            : new CommandProbe(plan.Name, command![0], [.. command.Skip(1)]);
        return probe with
        {
            Interval = values.Number(ProbeSection.Every) ?? (command is null ? Usual : OfProgram),
            Timeout = values.Number(ProbeSection.Timeout) ?? TimeSpan.FromSeconds(command is null ? 1 : 5),
            SlowThreshold = values.Number(ProbeSection.SlowAfter),
        };
    }
}
