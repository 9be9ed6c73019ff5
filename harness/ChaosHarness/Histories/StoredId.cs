using System.Globalization;

namespace ChaosHarness.Histories;

/// <summary>What a system calls something that it stores: a whole number, a GUID, or a text.</summary>
public readonly record struct StoredId
{
    private readonly Guid _value;
    private readonly string? _text;
    private readonly Form _form;

    private StoredId(Guid value, string? text, Form form) => (_value, _text, _form) = (value, text, form);

    private enum Form : byte
    {
        Number,
        Uuid,
        Text,
    }

    /// <summary>A whole number.</summary>
    /// <param name="number">The number.</param>
    public static implicit operator StoredId(long number) => new(new Guid((int)(number >> 32), (short)(number >> 16), (short)number, 0, 0, 0, 0, 0, 0, 0, 0), null, Form.Number);

    /// <summary>A GUID.</summary>
    /// <param name="value">The GUID.</param>
    public static implicit operator StoredId(Guid value) => new(value, null, Form.Uuid);

    /// <summary>A text, told apart to the letter.</summary>
    /// <param name="text">The text.</param>
    public static implicit operator StoredId(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new StoredId(Guid.Empty, text, Form.Text);
    }

    /// <summary>The number, where it is one.</summary>
    public long? Number => _form == Form.Number ? Unpack(_value) : null;

    /// <summary>As the system would write it.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => _form switch
    {
        Form.Number => Unpack(_value).ToString(CultureInfo.InvariantCulture),
        Form.Uuid => _value.ToString(),
        _ => _text!,
    };

    private static long Unpack(Guid packed)
    {
        Span<byte> bytes = stackalloc byte[16];
        packed.TryWriteBytes(bytes);
        return ((long)BitConverter.ToInt32(bytes) << 32) | ((long)BitConverter.ToUInt16(bytes[4..]) << 16) | BitConverter.ToUInt16(bytes[6..]);
    }
}
