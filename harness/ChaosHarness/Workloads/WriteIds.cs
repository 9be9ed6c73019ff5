using System.Security.Cryptography;

namespace ChaosHarness.Workloads;

/// <summary>The ids of one run's writes: a random upper part, so that runs on one system never meet, and the number below it.</summary>
internal readonly record struct WriteIds(long Base)
{
    public const int NumberBits = 36;
    private const long NumberMask = (1L << NumberBits) - 1;

    /// <summary>A base drawn at random, never 0.</summary>
    public static WriteIds Draw() => new((long)RandomNumberGenerator.GetInt32(1, 1 << (62 - NumberBits)) << NumberBits);

    public long Id(long number) => Base | number;

    /// <summary>The number of an id, or false when another run wrote it.</summary>
    public bool TryNumber(long id, out long number)
    {
        number = id & NumberMask;
        return (id & ~NumberMask) == Base;
    }
}
