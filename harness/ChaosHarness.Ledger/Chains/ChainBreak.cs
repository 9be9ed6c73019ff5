using System.Globalization;

namespace ChaosHarness.Ledger.Chains;

/// <summary>One place where a ledger is not as it was written.</summary>
/// <param name="Kind">What was done.</param>
/// <param name="Record">The number of the record, from 1; null for what has none.</param>
/// <param name="Id">The run, or the finding such as <c>F3</c>; null where nobody knows any more.</param>
/// <param name="What">What differs, for people.</param>
public sealed record ChainBreak(ChainBreakKind Kind, long? Record, string? Id, string What)
{
    /// <summary>In one line.</summary>
    /// <returns>The text.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Kind}: {(Record is { } number ? $"record {number}" : "no record")}{(Id is { } id ? $", {id}" : "")}: {What}");
}
