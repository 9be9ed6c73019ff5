using System.Buffers.Binary;
using System.Text;

namespace ChaosHarness.LocalCloud.Names;

/// <summary>A question of DNS as it came over the wire.</summary>
internal sealed class DnsQuestion
{
    public const int HeaderLength = 12;
    public const ushort TypeA = 1;
    public const ushort TypeCanonical = 5;
    public const ushort TypeAny = 255;
    public const ushort Internet = 1;
    private const ushort AnyClass = 255;
    private const ushort TypeExtensions = 41;
    private const int LongestLabel = 63;
    private const int LongestName = 255;
    private const int RecordHeaderLength = 10;

    private DnsQuestion(ushort id, bool wantsRecursion, DnsCode problem)
    {
        (Id, WantsRecursion, Problem) = (id, wantsRecursion, problem);
    }

    /// <summary>The number by which whoever asked knows the answer again.</summary>
    public ushort Id { get; }

    public bool WantsRecursion { get; }

    /// <summary>Why it cannot be answered; <see cref="DnsCode.NoError"/> when it can.</summary>
    public DnsCode Problem { get; private init; }

    /// <summary>The question itself as it came, to be said again in the answer; empty where it could not be read.</summary>
    public ReadOnlyMemory<byte> Asked { get; private init; }

    /// <summary>The name, without a dot at its end.</summary>
    public string Name { get; private init; } = "";

    public ushort Type { get; private init; }

    /// <summary>Whether whoever asked knows the extensions, and has to be told that we do too.</summary>
    public bool HasExtensions { get; private init; }

    /// <summary>Reads a message.</summary>
    /// <param name="message">Any bytes.</param>
    /// <returns>The question; null when it is none, so that nothing may be answered: two servers would talk for ever.</returns>
    public static DnsQuestion? Read(ReadOnlyMemory<byte> message)
    {
        var bytes = message.Span;
        if (bytes.Length < HeaderLength || (bytes[2] & 0x80) != 0)
        {
            return null;
        }

        var id = BinaryPrimitives.ReadUInt16BigEndian(bytes);
        var wantsRecursion = (bytes[2] & 0x01) != 0;
        if ((bytes[2] & 0x78) != 0)
        {
            return new DnsQuestion(id, wantsRecursion, DnsCode.NotImplemented);
        }

        var at = HeaderLength;
        if (Count(bytes, 4) != 1 || Count(bytes, 6) != 0 || Count(bytes, 8) != 0 || ReadName(bytes, ref at) is not { } name || at + 4 > bytes.Length)
        {
            return new DnsQuestion(id, wantsRecursion, DnsCode.FormatError);
        }

        var type = BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);
        var isOfInternet = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]) is Internet or AnyClass;
        at += 4;
        var asked = message[HeaderLength..at];
        var (problem, hasExtensions) = ReadExtensions(bytes, at);
        return new DnsQuestion(id, wantsRecursion, problem != DnsCode.NoError ? problem : isOfInternet ? DnsCode.NoError : DnsCode.Refused)
        {
            Asked = asked,
            Name = name,
            Type = type,
            HasExtensions = hasExtensions,
        };
    }

    private static ushort Count(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);

    // Nothing comes before the name of a question that a pointer could lead to.
    private static string? ReadName(ReadOnlySpan<byte> bytes, ref int at)
    {
        var name = new StringBuilder();
        var start = at;
        while (at < bytes.Length && bytes[at] is var length and > 0)
        {
            if (length > LongestLabel || at + 1 + length > bytes.Length || at + 1 + length - start > LongestName)
            {
                return null;
            }

            name.Append(name.Length > 0 ? "." : "").Append(Encoding.Latin1.GetString(bytes.Slice(at + 1, length)));
            at += 1 + length;
        }

        return at++ < bytes.Length ? name.ToString() : null;
    }

    private static (DnsCode Problem, bool HasExtensions) ReadExtensions(ReadOnlySpan<byte> bytes, int at)
    {
        var has = false;
        for (var left = Count(bytes, 10); left > 0; left--)
        {
            if (ReadName(bytes, ref at) is not { } owner || at + RecordHeaderLength > bytes.Length)
            {
                return (DnsCode.FormatError, has);
            }

            var type = BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);
            var version = bytes[at + 5];
            at += RecordHeaderLength + BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 8)..]);
            if (at > bytes.Length || (type == TypeExtensions && (has || owner.Length > 0)))
            {
                return (DnsCode.FormatError, has);
            }

            has |= type == TypeExtensions;
            if (type == TypeExtensions && version != 0)
            {
                return (DnsCode.BadVersion, true);
            }
        }

        return (DnsCode.NoError, has);
    }
}
