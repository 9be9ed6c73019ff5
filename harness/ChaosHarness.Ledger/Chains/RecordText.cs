using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace ChaosHarness.Ledger.Chains;

/// <summary>
/// What a record says, as the bytes that its hash is of: one field after the other, each its name and its value as netstrings (<c>4:name,5:value,</c>),
/// so that no two records say the same in the same bytes. Texts are UTF-8, whole numbers decimal, others the 16 hexadecimal digits of their IEEE 754 bits
/// with the sign of zero left out, and what is null is <c>-,</c>.
/// A column that a later version adds is a field only where it is not null: what was hashed before stays as it was.
/// </summary>
internal sealed class RecordText
{
    private const int HashLength = SHA256.HashSizeInBytes;
    private readonly List<(string Name, ushort Mark)> _fields = new(48);

    // The hash of the record before has its place in front.
    private byte[] _bytes = new byte[4096];
    private int _length = HashLength;

    public RecordText(string kind, long? foundAt)
    {
        Add("kind", kind);
        Add("found_at", foundAt);
    }

    /// <summary>Two bytes a field: what a field that differs is told by.</summary>
    public byte[] Marks
    {
        get
        {
            var marks = new byte[_fields.Count * sizeof(ushort)];
            foreach (var (index, entry) in _fields.Index())
            {
                BinaryPrimitives.WriteUInt16BigEndian(marks.AsSpan(index * sizeof(ushort)), entry.Mark);
            }

            return marks;
        }
    }

    public void Add(string name, object? value)
    {
        var start = _length;
        Write(name);
        Write(value);
        _fields.Add((name, Mark(start, _length)));
    }

    /// <summary>Adds figures, in the order of their bytes: in which they come differs from ledger to ledger.</summary>
    public void Add(IReadOnlyCollection<FigureFields> figures)
    {
        var start = _length;
        var written = new List<(int Start, int End, string Name)>(figures.Count);
        foreach (var figure in figures)
        {
            var from = _length;
            Write("figure");
            foreach (var part in figure.Parts)
            {
                Write(part);
            }

            written.Add((from, _length, figure.Shown));
        }

        var unsorted = _bytes.AsSpan(start, _length - start).ToArray();
        written.Sort((a, b) => unsorted.AsSpan(a.Start - start, a.End - a.Start).SequenceCompareTo(unsorted.AsSpan(b.Start - start, b.End - b.Start)));
        _length = start;
        foreach (var (from, end, name) in written)
        {
            var at = _length;
            unsorted.AsSpan(from - start, end - from).CopyTo(_bytes.AsSpan(at));
            _length += end - from;
            _fields.Add((name, Mark(at, _length)));
        }
    }

    /// <summary>The hash of the record, after one with another hash.</summary>
    public byte[] HashAfter(ReadOnlySpan<byte> previous)
    {
        previous.CopyTo(_bytes);
        return SHA256.HashData(_bytes.AsSpan(0, _length));
    }

    /// <summary>What differs from a record with other marks, for people; empty when nothing does that marks can tell.</summary>
    public IReadOnlyList<string> Differing(ReadOnlySpan<byte> marks)
    {
        var known = new Dictionary<ushort, int>();
        for (var at = 0; at + sizeof(ushort) <= marks.Length; at += sizeof(ushort))
        {
            var mark = BinaryPrimitives.ReadUInt16BigEndian(marks[at..]);
            known[mark] = known.GetValueOrDefault(mark) + 1;
        }

        var differing = new List<string>();
        foreach (var (name, mark) in _fields)
        {
            if (known.GetValueOrDefault(mark) is var left and > 0)
            {
                known[mark] = left - 1;
            }
            else
            {
                differing.Add(name);
            }
        }

        // All but figures are there even where they are empty.
        var gone = (marks.Length / sizeof(ushort)) - _fields.Count;
        if (gone > 0)
        {
            differing.Add(gone == 1 ? "a figure that is gone" : string.Create(CultureInfo.InvariantCulture, $"{gone} figures that are gone"));
        }

        return differing;
    }

    private void Write(object? value)
    {
        switch (value)
        {
            case null or DBNull:
                Write("-,"u8);
                break;
            case string text:
                WriteText(text);
                break;
            case double number:
                WriteText(BitConverter.DoubleToInt64Bits(number == 0 ? 0 : number).ToString("x16", CultureInfo.InvariantCulture));
                break;
            case byte[] bytes:
                WriteText(Convert.ToHexStringLower(bytes));
                break;
            default:
                WriteText(Convert.ToString(value, CultureInfo.InvariantCulture)!);
                break;
        }
    }

    private void WriteText(string text)
    {
        var count = Encoding.UTF8.GetByteCount(text);
        Reserve(count + 16);
        count.TryFormat(_bytes.AsSpan(_length), out var digits, default, CultureInfo.InvariantCulture);
        _length += digits;
        _bytes[_length++] = (byte)':';
        _length += Encoding.UTF8.GetBytes(text, _bytes.AsSpan(_length));
        _bytes[_length++] = (byte)',';
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    private void Reserve(int count)
    {
        if (_length + count > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + count));
        }
    }

    // A checksum of the processor: that it is whole is for the hash to say.
    private ushort Mark(int start, int end)
    {
        var sum = uint.MaxValue;
        var rest = _bytes.AsSpan(start, end - start);
        for (; rest.Length >= sizeof(ulong); rest = rest[sizeof(ulong)..])
        {
            sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(rest));
        }

        foreach (var one in rest)
        {
            sum = BitOperations.Crc32C(sum, one);
        }

        return (ushort)(sum ^ (sum >> 16));
    }
}
