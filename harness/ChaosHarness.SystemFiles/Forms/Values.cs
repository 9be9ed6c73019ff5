using ChaosHarness.SystemFiles.Yaml;

namespace ChaosHarness.SystemFiles.Forms;

/// <summary>The values of a section that could be read.</summary>
/// <param name="at">Where the section stands.</param>
internal sealed class Values(Place at)
{
    private readonly Dictionary<Field, (object? Value, Place At)> _values = [];

    public Place At => at;

    public void Add(Field field, object? value, Place place) => _values[field] = (value, place);

    /// <summary>Whether it was written, rightly or not.</summary>
    public bool Has(Field field) => _values.ContainsKey(field);

    /// <summary>Where a value stands, or else its section.</summary>
    public Place PlaceOf(Field field) => _values.TryGetValue(field, out var value) ? value.At : at;

    public T? Get<T>(Field<T> field)
        where T : class => _values.TryGetValue(field, out var value) ? (T?)value.Value : null;

    public T? Number<T>(Field<T> field)
        where T : struct => _values.TryGetValue(field, out var value) ? (T?)value.Value : null;
}
