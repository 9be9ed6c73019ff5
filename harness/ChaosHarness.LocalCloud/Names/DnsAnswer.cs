using System.Buffers.Binary;

namespace ChaosHarness.LocalCloud.Names;

/// <summary>Writes answers of DNS.</summary>
internal static class DnsAnswer
{
    // What fits into a packet that no network takes apart: RFC 9715.
    private const ushort LongestPacket = 1232;

    /// <summary>Answers a question from a zone.</summary>
    public static byte[] To(DnsQuestion question, NameZone zone)
    {
        var (code, record) = Find(question, zone);
        var answer = new List<byte>(64);
        Number(answer, question.Id);
        // An answer, from whom the zone belongs to; recursion is said again as it was asked for, and not done.
        answer.Add((byte)(0x84 | (question.WantsRecursion ? 0x01 : 0)));
        answer.Add((byte)((int)code & 0x0f));
        Number(answer, question.Asked.Length > 0 ? 1 : 0);
        Number(answer, record is null ? 0 : 1);
        Number(answer, 0);
        Number(answer, question.HasExtensions ? 1 : 0);
        answer.AddRange(question.Asked.Span);
        if (record is not null)
        {
            // The name is that of the question.
            Number(answer, 0xc000 | DnsQuestion.HeaderLength);
            Number(answer, DnsQuestion.TypeA);
            Number(answer, DnsQuestion.Internet);
            Seconds(answer, record.TimeToLive);
            Number(answer, 4);
            answer.AddRange(record.Address.GetAddressBytes());
        }

        if (question.HasExtensions)
        {
            answer.AddRange([0, 0, 41]);
            Number(answer, LongestPacket);
            answer.AddRange([(byte)((int)code >> 4), 0, 0, 0, 0, 0]);
        }

        return [.. answer];
    }

    private static (DnsCode Code, NameRecord? Record) Find(DnsQuestion question, NameZone zone)
    {
        if (question.Problem != DnsCode.NoError)
        {
            return (question.Problem, null);
        }

        var record = zone.Find(question.Name, out var isKnown);
        if (!isKnown)
        {
            return (zone.Holds(question.Name) ? DnsCode.NameError : DnsCode.Refused, null);
        }

        // A name that leads nowhere at present is there, without an address.
        return (DnsCode.NoError, question.Type is DnsQuestion.TypeA or DnsQuestion.TypeAny ? record : null);
    }

    private static void Number(List<byte> answer, int number) => answer.AddRange([(byte)(number >> 8), (byte)number]);

    private static void Seconds(List<byte> answer, TimeSpan time)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)Math.Clamp(time.TotalSeconds, 0, int.MaxValue));
        answer.AddRange(bytes);
    }
}
