using System.Collections;
using System.Xml.Linq;

namespace ChaosHarness.Aws.Wire;

/// <summary>Shapes as XML: a member is an element, an entry of a list an element in it.</summary>
internal static class WireXml
{
    /// <summary>Writes the members of a shape into an element, all in its namespace.</summary>
    public static void Write(object shape, XElement into)
    {
        foreach (var member in WireShape.Of(shape.GetType()).Members.Where(member => member.Wire.Location == WireLocation.Body))
        {
            if (member.Get(shape) is { } value)
            {
                into.Add(Element(into.Name.Namespace, member.Name, member.Wire.Item, value));
            }
        }
    }

    /// <summary>Reads the members that are there into a shape; those it does not know are passed over.</summary>
    public static void ReadInto(XElement xml, object shape)
    {
        var shapeMembers = WireShape.Of(shape.GetType()).ByName;
        foreach (var element in xml.Elements())
        {
            if (shapeMembers.TryGetValue(element.Name.LocalName, out var member))
            {
                member.Set(shape, Read(element, WireShape.Plain(member.Type)));
            }
        }
    }

    private static XElement Element(XNamespace space, string name, string item, object value)
    {
        var element = new XElement(space + name);
        switch (value)
        {
            case IDictionary map:
                foreach (DictionaryEntry entry in map)
                {
                    element.Add(new XElement(space + "entry", Element(space, "key", item, entry.Key), Element(space, "value", item, entry.Value!)));
                }

                break;
            case IList list:
                foreach (var entry in list)
                {
                    element.Add(Element(space, item, "member", entry!));
                }

                break;
            case not null when WireShape.IsStructure(value.GetType()):
                Write(value, element);
                break;
            default:
                element.Value = WireShape.ToText(value!);
                break;
        }

        return element;
    }

    private static object Read(XElement element, Type type)
    {
        if (WireShape.IsList(type))
        {
            var list = WireShape.NewList(type);
            foreach (var entry in element.Elements())
            {
                list.Add(Read(entry, WireShape.Plain(type.GenericTypeArguments[0])));
            }

            return list;
        }

        if (WireShape.IsStructure(type))
        {
            var structure = WireShape.Of(type).Create();
            ReadInto(element, structure);
            return structure;
        }

        return WireShape.FromText(element.Value, type);
    }
}
