using System.Globalization;
using System.Text.RegularExpressions;
using ChaosHarness.Histories;

namespace ChaosHarness.SystemFiles.Traffic;

/// <summary>Ids of writes in texts: as they are put into a template, and found again in what a system holds.</summary>
internal static partial class IdText
{
    public const string Place = "{id}";

    /// <summary>A template with the id in its place.</summary>
    public static string Fill(string template, long id) => template.Replace(Place, id.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    /// <summary>The id in a text that holds other things too; null when there is none. Ids have so many digits that nothing else is taken for one.</summary>
    public static StoredId? Find(string text) => Digits().Match(text) is { Success: true } match && long.TryParse(match.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>The id that a value of a database is.</summary>
    public static StoredId? Of(object? value) => value switch
    {
        null or DBNull => null,
        Guid guid => guid,
        string { Length: > 0 } text => Find(text) ?? text,
        IConvertible number when number.GetTypeCode() is >= TypeCode.SByte and <= TypeCode.Decimal => Convert.ToInt64(number, CultureInfo.InvariantCulture),
        _ => value.ToString() is { Length: > 0 } other ? (StoredId?)other : null,
    };

    [GeneratedRegex("[0-9]{11,19}")]
    private static partial Regex Digits();
}
