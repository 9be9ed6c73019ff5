using ChaosHarness.Expectations;
using ChaosHarness.SystemFiles.Forms;

namespace ChaosHarness.SystemFiles.Sections;

/// <summary>What the system is held to.</summary>
internal static class ObjectivesSection
{
    public static readonly Field<TimeSpan> Rto = new("rto", new DurationForm(TimeSpan.Zero, TimeSpan.FromDays(1), "10s"), "The longest that recovery may take.");

    public static readonly Field<RecoveryPointObjective> Rpo = new("rpo", Texts.Loss, "What may be lost, such as 0 writes or 2s. Needs a read-back.");

    public static readonly Field<double> Availability = new("availability", Texts.Share, "The least share of good answers while it is broken, such as 99.5%.");

    public static readonly Field<LatencyObjective> Latency = new("latency", Texts.Latency, "The longest that a percentile may take while it is broken, such as p99 500ms.");

    public static readonly Section Section = new("objectives", "What the system is held to, whatever is lost. What is missing is measured and not judged.", [Rto, Rpo, Availability, Latency]);
}
