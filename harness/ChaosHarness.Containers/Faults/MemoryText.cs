using System.Globalization;

namespace ChaosHarness.Containers.Faults;

/// <summary>An amount of memory as text, such as <c>64MiB</c>.</summary>
internal static class MemoryText
{
    private static readonly (string Unit, long Bytes)[] Units = [("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("kB", 1000), ("MB", 1000_000), ("GB", 1000_000_000), ("B", 1)];

    public static bool TryParse(string? text, out long bytes)
    {
        bytes = 0;
        foreach (var (unit, size) in Units)
        {
            if (text is not null && text.EndsWith(unit, StringComparison.Ordinal) && double.TryParse(text[..^unit.Length].TrimEnd(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count))
            {
                bytes = (long)Math.Min(count * size, long.MaxValue / 2);
                return bytes > 0;
            }
        }

        return false;
    }
}
