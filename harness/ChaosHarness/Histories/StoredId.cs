using System.Globalization;
using System.Runtime.CompilerServices;

namespace ChaosHarness.Histories;

/// <summary>What a system calls something that it stores: a whole number, a GUID, or a text.</summary>
public readonly record struct StoredId
{
    // A number in the first half, or a GUID: there is one for each write.
    private readonly (long First, long Second) _value;
    private readonly string? _text;
    private readonly Form _form;

    private StoredId((long First, long Second) value, string? text, Form form) => (_value, _text, _form) = (value, text, form);

    private enum Form : byte
    {
        None,
        Number,
        Uuid,
        Text,
    }

    /// <summary>A whole number.</summary>
    /// <param name="number">The number.</param>
    public static implicit operator StoredId(long number) => new((number, 0), null, Form.Number);

    /// <summary>A GUID.</summary>
    /// <param name="value">The GUID.</param>
    public static implicit operator StoredId(Guid value) => new(Unsafe.BitCast<Guid, (long, long)>(value), null, Form.Uuid);

    /// <summary>A text, told apart to the letter.</summary>
    /// <param name="text">The text.</param>
    public static implicit operator StoredId(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new StoredId(default, text, Form.Text);
    }

    /// <summary>The number, where it is one.</summary>
    public long? Number => _form == Form.Number ? _value.First : null;

    /// <summary>Whether it is the default value, which calls nothing by a name.</summary>
    internal bool IsNone => _form == Form.None;

    /// <summary>As the system would write it.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => _form switch
    {
        Form.Number => _value.First.ToString(CultureInfo.InvariantCulture),
        Form.Uuid => Unsafe.BitCast<(long, long), Guid>(_value).ToString(),
        _ => _text ?? "",
    };
}
