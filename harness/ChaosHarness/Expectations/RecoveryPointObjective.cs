using System.Globalization;
using ChaosHarness.Checkers.Writes;
using ChaosHarness.Timing;

namespace ChaosHarness.Expectations;

/// <summary>
/// Recovery point objective: the most that may be lost, in writes, in time, or both; each given bound has to be kept. <c>0s</c> and
/// <c>0 writes</c> both mean that nothing may be lost.
/// </summary>
/// <param name="Writes">The most acknowledged writes that may be missing.</param>
/// <param name="Age">The most time before the failure from which a write may be missing.</param>
public sealed record RecoveryPointObjective(long? Writes, TimeSpan? Age)
{
    /// <summary>Reads an objective.</summary>
    /// <param name="text">Such as <c>0 writes</c>, <c>2s</c>, or both with a comma.</param>
    /// <returns>The objective.</returns>
    /// <exception cref="FormatException">The text has another form.</exception>
    public static RecoveryPointObjective Parse(string text) => TryParse(text, out var objective) ? objective : throw new FormatException(Mistake(text));

    /// <summary>Whether a loss stays within it.</summary>
    /// <param name="loss">What was found.</param>
    /// <returns>True when it could be measured, and every bound that is given is kept.</returns>
    public bool IsMetBy(LossFinding loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        return loss.Problem is null && IsMetBy(loss.Lost, loss.Age);
    }

    /// <summary>As it is written for <see cref="Parse"/>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => string.Join(", ", Parts());

    internal static bool TryParse(string? text, out RecoveryPointObjective objective)
    {
        long? writes = null;
        TimeSpan? age = null;
        objective = new RecoveryPointObjective(0, null);
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
                return false;
            }
        }

        objective = new RecoveryPointObjective(writes, age);
        return true;
    }

    internal static string Mistake(string? text) => $"'{text}' is not a recovery point objective. Write '0 writes', '2s', or '500 writes, 2s'.";

    private static bool TryWrites(string part, out long count)
    {
        count = 0;
        var words = part.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words is [var number, "write" or "writes"] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out count);
    }

    internal bool IsMetBy(long lost, TimeSpan age) => (Writes is null || lost <= Writes) && (Age is null || age <= Age);

    private IEnumerable<string> Parts()
    {
        if (Writes is { } writes)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{writes} {(writes == 1 ? "write" : "writes")}");
        }

        if (Age is { } age)
        {
            yield return TimeLimit.Of(age).Text;
        }
    }
}
