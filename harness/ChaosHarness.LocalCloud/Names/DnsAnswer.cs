using System.Buffers.Binary;
using System.Text;

namespace ChaosHarness.LocalCloud.Names;

/// <summary>Writes answers of DNS.</summary>
internal static class DnsAnswer
{
    // What fits into a packet that no network takes apart: RFC 9715.
    private const ushort LongestPacket = 1232;
    private const int LongestChain = 8;

    /// <summary>Answers a question from a zone.</summary>
    public static byte[] To(DnsQuestion question, NameZone zone)
    {
        var (code, records) = Find(question, zone);
        var answer = new List<byte>(64);
        Number(answer, question.Id);
        // An answer, from whom the zone belongs to; recursion is said again as it was asked for, and not done.
        answer.Add((byte)(0x84 | (question.WantsRecursion ? 0x01 : 0)));
        answer.Add((byte)((int)code & 0x0f));
        Number(answer, question.Asked.Length > 0 ? 1 : 0);
        Number(answer, records.Count);
        Number(answer, 0);
        Number(answer, question.HasExtensions ? 1 : 0);
        answer.AddRange(question.Asked.Span);
        foreach (var (index, record) in records.Index())
        {
            // The first name is that of the question.
            if (index == 0)
            {
                Number(answer, 0xc000 | DnsQuestion.HeaderLength);
            }
            else
            {
                Labels(answer, records[index - 1].Canonical!);
            }

            Write(answer, record);
        }

        if (question.HasExtensions)
        {
            answer.AddRange([0, 0, 41]);
            Number(answer, LongestPacket);
            answer.AddRange([(byte)((int)code >> 4), 0, 0, 0, 0, 0]);
        }

        return [.. answer];
    }

    private static void Write(List<byte> answer, NameTarget record)
    {
        var data = new List<byte>();
        if (record.Canonical is { } canonical)
        {
            Labels(data, canonical);
        }
        else
        {
            data.AddRange(record.Address!.GetAddressBytes());
        }

        Number(answer, record.Canonical is null ? DnsQuestion.TypeA : DnsQuestion.TypeCanonical);
        Number(answer, DnsQuestion.Internet);
        Seconds(answer, record.TimeToLive);
        Number(answer, data.Count);
        answer.AddRange(data);
    }

    // A name that leads to another one is followed, as far as the names are known here; one that leads round in a ring is not followed for ever.
    private static (DnsCode Code, IReadOnlyList<NameTarget> Records) Find(DnsQuestion question, NameZone zone)
    {
        if (question.Problem != DnsCode.NoError)
        {
            return (question.Problem, []);
        }

        var records = new List<NameTarget>();
        var name = question.Name;
        do
        {
            var record = zone.Find(name, out var isKnown);
            if (!isKnown && records.Count == 0)
            {
                return (zone.Holds(name) ? DnsCode.NameError : DnsCode.Refused, []);
            }

            // A name that leads nowhere at present is there, without an address.
            if (record is null || !IsAsked(question.Type, record))
            {
                break;
            }

            records.Add(record);
            name = record.Canonical;
        }
        while (name is not null && question.Type != DnsQuestion.TypeCanonical && records.Count < LongestChain);
        return (DnsCode.NoError, records);
    }

    private static bool IsAsked(ushort type, NameTarget record) =>
        type is DnsQuestion.TypeA or DnsQuestion.TypeAny || (type == DnsQuestion.TypeCanonical && record.Canonical is not null);

    private static void Labels(List<byte> answer, string name)
    {
        foreach (var label in name.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            answer.Add((byte)label.Length);
            answer.AddRange(Encoding.ASCII.GetBytes(label));
        }

        answer.Add(0);
    }

    private static void Number(List<byte> answer, int number) => answer.AddRange([(byte)(number >> 8), (byte)number]);

    private static void Seconds(List<byte> answer, TimeSpan time)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)Math.Clamp(time.TotalSeconds, 0, int.MaxValue));
        answer.AddRange(bytes);
    }
}
