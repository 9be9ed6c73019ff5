using ChaosHarness.Expectations;
using ChaosHarness.SystemFiles.Forms;

namespace ChaosHarness.SystemFiles.Sections;

/// <summary>What normal is.</summary>
internal static class SteadyStateSection
{
    public static readonly Field<string> Of = new("of", Texts.Name, "The writes or the probe that it is of. Default: the first.");

    public static readonly Field<double> Success = new("success", Texts.Share, "The least share of good answers. Default: 99%.");

    public static readonly Field<LatencyObjective> Latency = new("latency", Texts.Latency, "The longest that a percentile may take, such as p99 250ms. Default: not asked.");

    public static readonly Field<TimeSpan> For = new("for", new DurationForm(TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10), "2s"), "How long it has to hold. Default: 2s.");

    public static readonly Section Section = new("steady-state", "What normal is: looked at before anything is broken, and after it was mended.", [Of, Success, Latency, For]);
}
