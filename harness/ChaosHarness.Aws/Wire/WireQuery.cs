using System.Collections;
using System.Globalization;

namespace ChaosHarness.Aws.Wire;

/// <summary>Shapes as the parameters of a form: <c>Tags.Tag.1.Key=a</c>.</summary>
internal static class WireQuery
{
    public static void Write(object shape, IDictionary<string, string> parameters) => WriteStructure("", shape, parameters);

    /// <summary>Reads the parameters that are there into a shape; those it does not know are passed over.</summary>
    /// <exception cref="FormatException">A value has the wrong type; says which.</exception>
    public static void ReadInto(IReadOnlyDictionary<string, string> parameters, object shape) => ReadStructure("", parameters, shape);

    private static void WriteStructure(string prefix, object shape, IDictionary<string, string> parameters)
    {
        foreach (var member in WireShape.Of(shape.GetType()).Members)
        {
            if (member.Get(shape) is { } value)
            {
                WriteValue(prefix + member.Name, member.Wire.Item, value, parameters);
            }
        }
    }

    private static void WriteValue(string name, string item, object value, IDictionary<string, string> parameters)
    {
        if (value is IList list)
        {
            for (var index = 0; index < list.Count; index++)
            {
                WriteValue(Entry(name, item, index + 1), "member", list[index]!, parameters);
            }
        }
        else if (WireShape.IsStructure(value.GetType()))
        {
            WriteStructure(name + ".", value, parameters);
        }
        else
        {
            parameters[name] = WireShape.ToText(value);
        }
    }

    private static void ReadStructure(string prefix, IReadOnlyDictionary<string, string> parameters, object shape)
    {
        foreach (var member in WireShape.Of(shape.GetType()).Members)
        {
            if (Read(prefix + member.Name, member.Wire.Item, parameters, WireShape.Plain(member.Type)) is { } value)
            {
                member.Set(shape, value);
            }
        }
    }

    private static object? Read(string name, string item, IReadOnlyDictionary<string, string> parameters, Type type)
    {
        if (WireShape.IsList(type))
        {
            var list = WireShape.NewList(type);
            while (Read(Entry(name, item, list.Count + 1), "member", parameters, WireShape.Plain(type.GenericTypeArguments[0])) is { } entry)
            {
                list.Add(entry);
            }

            return list.Count == 0 ? null : list;
        }

        if (WireShape.IsStructure(type))
        {
            if (!parameters.Keys.Any(key => key.StartsWith(name + ".", StringComparison.Ordinal)))
            {
                return null;
            }

            var structure = WireShape.Of(type).Create();
            ReadStructure(name + ".", parameters, structure);
            return structure;
        }

        try
        {
            return parameters.TryGetValue(name, out var text) ? WireShape.FromText(text, type) : null;
        }
        catch (FormatException exception)
        {
            throw new FormatException($"{name}: {exception.Message}", exception);
        }
    }

    private static string Entry(string name, string item, int number) => string.Create(CultureInfo.InvariantCulture, $"{name}.{item}.{number}");
}
