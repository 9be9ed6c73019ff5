using System.Globalization;

namespace ChaosHarness.Checkers.Answers;

/// <summary>A percentage as it is written: kept as a decimal, so that 999 of 1000 meets <c>99.9%</c>.</summary>
/// <param name="Ratio">0 to 1.</param>
public readonly record struct Percentage(decimal Ratio)
{
    /// <summary>Reads a percentage.</summary>
    /// <param name="text">A number from 0 to 100 and a percent sign, such as <c>99.9%</c>.</param>
    /// <returns>The percentage.</returns>
    /// <exception cref="FormatException">The text is none; the message says how one is written.</exception>
    public static Percentage Parse(string text) => TryParse(text, out var percentage) ? percentage : throw new FormatException(Mistake(text));

    /// <summary>Reads a percentage, or says that the text is none.</summary>
    /// <param name="text">See <see cref="Parse"/>; null is none.</param>
    /// <param name="percentage">The percentage, or 0%.</param>
    /// <returns>Whether it was one.</returns>
    public static bool TryParse(string? text, out Percentage percentage)
    {
        percentage = default;
        if (text?.Trim() is not [.. var number, '%']
            || !decimal.TryParse(number.TrimEnd(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
            || percent > 100)
        {
            return false;
        }

        percentage = new Percentage(percent / 100);
        return true;
    }

    /// <summary>Takes a ratio as it is written in code: 0.999 is 99.9%, though no binary number is 0.999.</summary>
    /// <param name="ratio">0 to 1.</param>
    /// <param name="percentage">The percentage, or 0%.</param>
    /// <returns>Whether it was a ratio from 0 to 1.</returns>
    public static bool TryFrom(double ratio, out Percentage percentage)
    {
        var isRatio = ratio is >= 0 and <= 1;
        percentage = isRatio ? new Percentage((decimal)ratio) : default;
        return isRatio;
    }

    /// <summary>As it is written for <see cref="Parse"/>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Ratio * 100:0.##########}%");

    internal static string Mistake(string? text) => $"'{text}' is not a percentage. Write a number from 0% to 100%, such as 99.5%.";
}
