using System.Text;
using System.Text.Json;

namespace ChaosHarness.Aws.Templates.Reading;

/// <summary>Reads JSON and keeps where everything is.</summary>
internal static class TextParser
{
    /// <exception cref="InvalidTemplateException">The text is no JSON; says what it is, and where that shows.</exception>
    public static TextNode Parse(TemplateText text)
    {
        if (OtherFormats.Find(text.Text) is var (place, what))
        {
            throw new InvalidTemplateException([text.Say(place, what)]);
        }

        var bytes = Encoding.UTF8.GetBytes(text.Text);
        var offsets = new Offsets(bytes);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = 64 });
        try
        {
            reader.Read();
            var root = Value(ref reader, offsets);
            // Reads on to the end: what comes behind is a mistake.
            reader.Read();
            return root;
        }
        catch (JsonException exception)
        {
            var at = offsets.At(ByteAt(bytes, exception));
            var (where, why) = SyntaxMistakes.Explain(text.Text, at, exception.Message);
            throw new InvalidTemplateException([text.Say(where, why)]);
        }
        catch (InvalidOperationException)
        {
            throw new InvalidTemplateException([text.Say(offsets.At(reader.TokenStartIndex), "this text names half of a character: \\uD800 to \\uDFFF come in pairs")]);
        }
    }

    private static TextNode Value(ref Utf8JsonReader reader, Offsets offsets)
    {
        var node = new TextNode(reader.TokenType, offsets.At(reader.TokenStartIndex));
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var at = offsets.At(reader.TokenStartIndex);
                    var name = reader.GetString()!;
                    reader.Read();
                    node.Members.Add(new TextMember(name, at, Value(ref reader, offsets)));
                }

                return node;
            case JsonTokenType.StartArray:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    node.Items.Add(Value(ref reader, offsets));
                }

                return node;
            case JsonTokenType.String:
                return node with { Value = reader.GetString() };
            case JsonTokenType.Number:
                return node with { Value = Encoding.UTF8.GetString(reader.ValueSpan) };
            case JsonTokenType.True or JsonTokenType.False:
                return node with { Value = reader.GetBoolean() ? "true" : "false" };
            default:
                return node;
        }
    }

    private static long ByteAt(byte[] bytes, JsonException exception)
    {
        var start = 0;
        for (var line = 0; line < (exception.LineNumber ?? 0); line++)
        {
            start = Array.IndexOf(bytes, (byte)'\n', start) + 1;
        }

        return Math.Min(bytes.Length, start + (exception.BytePositionInLine ?? 0));
    }

    // Bytes are asked for from the first to the last, so that each is counted once.
    private sealed class Offsets(byte[] bytes)
    {
        private int _byte;
        private int _character;

        public int At(long position)
        {
            var until = (int)position;
            if (until < _byte)
            {
                (_byte, _character) = (0, 0);
            }

            for (; _byte < until; _byte++)
            {
                // Bytes that go on with a character are none of their own; those of four bytes are two here.
                _character += (bytes[_byte] & 0xC0) == 0x80 ? 0 : bytes[_byte] >= 0xF0 ? 2 : 1;
            }

            return _character;
        }
    }
}
