using System.Globalization;
using ChaosHarness.Timing;

namespace ChaosHarness.Experiments;

/// <summary>Recovery point objective: the most that may be lost, in writes, in time, or both; each given bound has to be kept.</summary>
/// <param name="Writes">The most acknowledged writes that may be missing.</param>
/// <param name="Age">The most time before the failure from which a write may be missing.</param>
public sealed record RecoveryPointObjective(long? Writes, TimeSpan? Age)
{
    /// <summary>Reads an objective.</summary>
    /// <param name="text">Such as <c>0 writes</c>, <c>2s</c>, or both with a comma.</param>
    /// <returns>The objective.</returns>
    /// <exception cref="FormatException">The text has another form.</exception>
    public static RecoveryPointObjective Parse(string text)
    {
        long? writes = null;
        TimeSpan? age = null;
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.TrimEntries))
        {
            if (writes is null && TryWrites(part, out var count))
            {
                writes = count;
            }
            else if (age is null && DurationText.TryParse(part, out var duration))
            {
                age = duration;
            }
            else
            {
                throw new FormatException($"'{text}' is not a recovery point objective. Write '0 writes', '2s', or '500 writes, 2s'.");
            }
        }

        return new RecoveryPointObjective(writes, age);
    }

    /// <summary>Whether a loss stays within it.</summary>
    /// <param name="loss">What was measured.</param>
    /// <returns>True when every bound that is given is kept.</returns>
    public bool IsMetBy(DataLoss loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        return (Writes is null || loss.Lost <= Writes) && (Age is null || loss.Age <= Age);
    }

    /// <summary>As it is written for <see cref="Parse"/>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => string.Join(", ", Parts());

    private static bool TryWrites(string part, out long count)
    {
        count = 0;
        var words = part.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words is [var number, "write" or "writes"] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out count);
    }

    private IEnumerable<string> Parts()
    {
        if (Writes is { } writes)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{writes} {(writes == 1 ? "write" : "writes")}");
        }

        if (Age is { } age)
        {
            yield return DurationText.Format(age);
        }
    }
}
