using ChaosHarness.Hosts;
using ChaosHarness.Probes;
using ChaosHarness.Safety;
using ChaosHarness.SystemFiles.Plans;
using ChaosHarness.SystemFiles.Sections;

namespace ChaosHarness.SystemFiles.Parts;

/// <summary>A probe as a file describes it.</summary>
internal static class ProbePart
{
    private static readonly TimeSpan Usual = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan OfProgram = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PatienceOfProgram = TimeSpan.FromSeconds(5);

    /// <summary>Makes it.</summary>
    public static Probe Of(TrafficPlan plan, Surroundings around)
    {
        var values = plan.Values;
        var command = values.Get(ProbeSection.Command);
        var host = around.Host(values.Get(ProbeSection.Host));
        Probe probe = values.Get(ProbeSection.Http) is { } address ? new HttpProbe(plan.Name, address)
            : values.Get(ProbeSection.Tcp) is { } endpoint ? new TcpProbe(plan.Name, endpoint.Host, endpoint.Port)
            : host is not null ? On(host, plan.Name, HostCommand.Of(command!) with { Limit = values.Number(ProbeSection.Timeout) ?? PatienceOfProgram })
            : new CommandProbe(plan.Name, command![0], [.. command.Skip(1)]);
        return probe with
        {
            Interval = values.Number(ProbeSection.Every) ?? (command is null ? Usual : OfProgram),
            Timeout = values.Number(ProbeSection.Timeout) ?? (command is null ? Patience : PatienceOfProgram),
            SlowThreshold = values.Number(ProbeSection.SlowAfter),
        };
    }

    // What a host that does not answer says is what the probe saw.
    private static DelegateProbe On(IHost host, string name, HostCommand command) => new(name, async token =>
    {
        try
        {
            var result = await host.RunAsync(command, token).ConfigureAwait(false);
            return result.IsSuccess ? ProbeSample.Good : ProbeSample.Bad($"{result} on {host.Name}");
        }
        catch (HostException exception)
        {
            return ProbeSample.Bad(Secrets.Mask(exception.Message));
        }
    });
}
