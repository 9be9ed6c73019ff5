using System.Buffers.Binary;
using System.Globalization;

namespace ChaosHarness.Ledger.Chains;

/// <summary>A record in the columns of the database.</summary>
/// <param name="Number">Its place, from 1.</param>
/// <param name="Kind">What it is of: a word of <see cref="RecordKind"/>.</param>
/// <param name="ItemNo">The number of that.</param>
/// <param name="ItemId">What people call it, which is known even when it is gone.</param>
/// <param name="FoundAt">When it was hashed, in Unix milliseconds, where it had been there before.</param>
/// <param name="Follows">The beginning of the hash of the record before.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Marks">What a field that differs is told by.</param>
internal sealed record RecordRow(long Number, string Kind, long ItemNo, string ItemId, long? FoundAt, long Follows, byte[] Hash, byte[] Marks)
{
    public const string Columns = "record_no, kind, item_no, item_id, found_at, follows, hash, marks";

    /// <summary>What the first record has for the hash of the one before.</summary>
    public static byte[] NoHash { get; } = new byte[32];

    /// <summary>What the first record follows.</summary>
    public static RecordRow Start { get; } = new(0, "", 0, "", null, 0, NoHash, []);

    /// <summary>Whether it is of a run, and not of what became of one.</summary>
    public bool IsOfRun => Kind is RecordKind.Run or RecordKind.Found;

    /// <summary>The end of the chain, if it is the last.</summary>
    public LedgerHead Head => new(Number, Convert.ToHexStringLower(Hash));

    /// <summary>The beginning of a hash, as <see cref="Follows"/> has it.</summary>
    public static long Beginning(ReadOnlySpan<byte> hash) => hash.Length < sizeof(long) ? 0 : BinaryPrimitives.ReadInt64BigEndian(hash);

    // Nothing is taken for granted: whoever changed a record may have made anything of it.
    public static RecordRow Of(object?[] values) => new(
        (long)values[0]!,
        Text(values[1]),
        Number64(values[2]) ?? 0,
        Text(values[3]),
        Number64(values[4]),
        Number64(values[5]) ?? 0,
        values[6] as byte[] ?? [],
        values[7] as byte[] ?? []);

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private static long? Number64(object? value) => value as long?;
}
