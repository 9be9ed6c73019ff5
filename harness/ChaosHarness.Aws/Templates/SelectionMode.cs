using System.Globalization;
using System.Text.RegularExpressions;

namespace ChaosHarness.Aws.Templates;

/// <summary>How many of the resources that fit are taken: <c>ALL</c>, <c>COUNT(n)</c> or <c>PERCENT(n)</c>.</summary>
internal sealed partial record SelectionMode(int? Count, int? Percent)
{
    public static SelectionMode? Parse(string text)
    {
        if (text == "ALL")
        {
            return new SelectionMode(null, null);
        }

        if (Pattern().Match(text) is not { Success: true } match || !int.TryParse(match.Groups["n"].Value, CultureInfo.InvariantCulture, out var number) || number < 1)
        {
            return null;
        }

        return match.Groups["mode"].Value == "COUNT" ? new SelectionMode(number, null) : number <= 100 ? new SelectionMode(null, number) : null;
    }

    /// <summary>How many of so many are taken; a share is rounded down.</summary>
    public int Of(int found) => Count is { } count ? Math.Min(count, found) : Percent is { } percent ? found * percent / 100 : found;

    [GeneratedRegex(@"^(?<mode>COUNT|PERCENT)\((?<n>[0-9]+)\)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
