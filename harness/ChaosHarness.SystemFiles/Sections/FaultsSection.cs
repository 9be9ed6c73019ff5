using ChaosHarness.SystemFiles.Forms;

namespace ChaosHarness.SystemFiles.Sections;

/// <summary>How long and how hard.</summary>
internal static class FaultsSection
{
    public static readonly Field<TimeSpan> Length = new("length", new DurationForm(TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(9), "3s"), "How long a component stays away or hangs, and a link is cut or slow. Default: 3s.");

    public static readonly Field<TimeSpan> Delay = new("delay", new DurationForm(TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1), "300ms"), "How much a slow link delays each way that data goes. Default: 300ms.");

    public static readonly Section Section = new("faults", "How long and how hard it is broken.", [Length, Delay]);
}
