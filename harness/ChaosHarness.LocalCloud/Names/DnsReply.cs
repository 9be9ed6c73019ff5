using System.Buffers.Binary;
using System.Net;

namespace ChaosHarness.LocalCloud.Names;

/// <summary>What a server of DNS answered: the first address, and how long it may be kept.</summary>
internal sealed record DnsReply(DnsCode Code, IPAddress? Address, TimeSpan TimeToLive)
{
    private const int RecordHeaderLength = 10;

    /// <summary>Reads an answer.</summary>
    /// <param name="message">Any bytes.</param>
    /// <param name="question">The question as it was sent.</param>
    /// <returns>The answer; null when this is none to the question.</returns>
    public static DnsReply? Read(ReadOnlySpan<byte> message, ReadOnlySpan<byte> question)
    {
        if (message.Length < question.Length || !message[..2].SequenceEqual(question[..2]) || (message[2] & 0x80) == 0
            || !message[DnsQuestion.HeaderLength..question.Length].SequenceEqual(question[DnsQuestion.HeaderLength..]))
        {
            return null;
        }

        var code = (DnsCode)(message[3] & 0x0f);
        var at = question.Length;
        var keptFor = TimeSpan.MaxValue;
        for (var left = BinaryPrimitives.ReadUInt16BigEndian(message[6..]); left > 0 && Skip(message, ref at) && at + RecordHeaderLength <= message.Length; left--)
        {
            var type = BinaryPrimitives.ReadUInt16BigEndian(message[at..]);
            // Of names that lead to names, what is kept for the shortest time decides.
            var timeToLive = TimeSpan.FromSeconds(BinaryPrimitives.ReadUInt32BigEndian(message[(at + 4)..]));
            keptFor = timeToLive < keptFor ? timeToLive : keptFor;
            var length = BinaryPrimitives.ReadUInt16BigEndian(message[(at + 8)..]);
            at += RecordHeaderLength;
            if (at + length > message.Length)
            {
                return null;
            }

            if (type == DnsQuestion.TypeA && length == 4)
            {
                return new DnsReply(code, new IPAddress(message.Slice(at, 4)), keptFor);
            }

            at += length;
        }

        return new DnsReply(code, null, TimeSpan.Zero);
    }

    // A name ends with a pointer or with an empty label.
    private static bool Skip(ReadOnlySpan<byte> message, ref int at)
    {
        while (at < message.Length)
        {
            var length = message[at];
            at += length >= 0xc0 ? 2 : 1 + length;
            if (length is 0 or >= 0xc0)
            {
                return at <= message.Length;
            }
        }

        return false;
    }
}
