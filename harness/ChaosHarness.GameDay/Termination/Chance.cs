using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ChaosHarness.GameDay.Termination;

/// <summary>Numbers by chance that depend on what they are for alone: whoever asks again, on whichever machine and day, gets the same.</summary>
internal static class Chance
{
    private const double Unit = 1.0 / (1L << 53);

    /// <summary>A number from 0 up to and without 1, evenly spread over whatever it may be for.</summary>
    /// <param name="seed">Another seed is another world.</param>
    /// <param name="purpose">What it is for.</param>
    public static double Of(long seed, params ReadOnlySpan<string> purpose)
    {
        // A separator that no part can have in it.
        var text = new StringBuilder().Append(seed);
        foreach (var part in purpose)
        {
            text.Append('\0').Append(part);
        }

        return (BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()))) >> 11) * Unit;
    }
}
