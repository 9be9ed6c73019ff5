using System.Globalization;

namespace ChaosHarness.Aws.Replication;

/// <summary>What some versions of a bucket, drawn at random, say of all.</summary>
/// <param name="All">How many versions there were to draw from: those old enough to be there, marks of deletions left out.</param>
/// <param name="Drawn">How many were looked up.</param>
public sealed record S3SampleReport(long All, long Drawn)
{
    // 95 % of a normal distribution, both sides.
    private const double Z = 1.959963984540054;

    /// <summary>Those that the replica has not.</summary>
    public long Missing { get; init; }

    /// <summary>Those that it has with other content.</summary>
    public long Different { get; init; }

    /// <summary>Those of which it said nothing, as this caller may not ask: neither there nor missing.</summary>
    public long Denied { get; init; }

    /// <summary>Those that are not there, as no rule was for them.</summary>
    public long OutOfRules { get; init; }

    /// <summary>The share of all that is missing or different, with 95 % confidence (Wilson 1927), from 0 to 1; null where nothing could be told.</summary>
    public (double Lower, double Upper)? Share
    {
        get
        {
            var (bad, n) = (Missing + Different, Drawn - Denied - OutOfRules);
            if (n == 0)
            {
                return null;
            }

            var rate = (double)bad / n;
            var scale = 1 + (Z * Z / n);
            var centre = (rate + (Z * Z / (2 * n))) / scale;
            var half = Z / scale * Math.Sqrt((rate * (1 - rate) / n) + (Z * Z / (4.0 * n * n)));
            return (bad == 0 ? 0 : Math.Max(0, centre - half), bad == n ? 1 : Math.Min(1, centre + half));
        }
    }

    /// <summary>Such as <c>0 of 1000 drawn from 100000 are missing: 0..0.38 % of all, with 95 % confidence</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Missing + Different} of {Drawn} drawn from {All} are missing{(Share is { } share ? $": {100 * share.Lower:0.##}..{100 * share.Upper:0.##} % of all, with 95 % confidence" : ", and nothing can be told")}{(Denied > 0 ? $"; {Denied} may not be asked for" : "")}{(OutOfRules > 0 ? $"; of {OutOfRules} there was no rule" : "")}");
}
