using System.Globalization;

namespace ChaosHarness.Recovery.Moments;

internal sealed record FixedMoment(DateTimeOffset When) : RestoreMoment
{
    public override string ToString() => When.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture) + " UTC";

    internal override DateTimeOffset? Of(DateTimeOffset now) => When;
}
