using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using Amazon.Runtime;

namespace ChaosHarness.Aws.Wire;

/// <summary>What a type looks like on the wire, read once from its attributes.</summary>
internal sealed class WireShape
{
    private static readonly ConcurrentDictionary<Type, WireShape> Known = new();

    private WireShape(Type type)
    {
        Type = type;
        Operation = type.GetCustomAttribute<OperationAttribute>();
        Members = [.. type.GetProperties()
            .Select(property => (Property: property, Wire: property.GetCustomAttribute<WireAttribute>()))
            .Where(member => member.Wire is not null)
            .Select(member => new WireMember(member.Property, member.Wire!))];
        ByName = Members.ToDictionary(member => member.Name, StringComparer.Ordinal);
    }

    public Type Type { get; }

    /// <summary>The operation, when the shape is a request.</summary>
    public OperationAttribute? Operation { get; }

    public IReadOnlyList<WireMember> Members { get; }

    public IReadOnlyDictionary<string, WireMember> ByName { get; }

    public static WireShape Of(Type type) => Known.GetOrAdd(type, static found => new WireShape(found));

    public object Create() => Activator.CreateInstance(Type)!;

    /// <summary>The type without what makes it optional.</summary>
    public static Type Plain(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    public static bool IsList(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>);

    public static bool IsMap(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Dictionary<,>);

    public static bool IsStructure(Type type) => type.IsClass && type != typeof(string) && !IsList(type) && !IsMap(type) && !typeof(ConstantClass).IsAssignableFrom(type);

    public static IList NewList(Type type) => (IList)Activator.CreateInstance(type)!;

    public static IDictionary NewMap(Type type) => (IDictionary)Activator.CreateInstance(type)!;

    /// <summary>A simple value as text, as paths, queries and XML have it.</summary>
    public static string ToText(object value) => value switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        DateTime time => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        ConstantClass constant => constant.Value,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new NotSupportedException($"{value.GetType()} is no simple value."),
    };

    /// <exception cref="FormatException">The text is no such value.</exception>
    public static object FromText(string text, Type type)
    {
        var plain = Plain(type);
        if (plain == typeof(string))
        {
            return text;
        }

        if (plain == typeof(DateTime))
        {
            return DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);
        }

        return typeof(ConstantClass).IsAssignableFrom(plain)
            ? Activator.CreateInstance(plain, text)!
            : Convert.ChangeType(text, plain, CultureInfo.InvariantCulture);
    }
}
