using ChaosHarness.Toxiproxy.Server.Json;

namespace ChaosHarness.Toxiproxy.Server.Toxics;

/// <summary>The values of all attributes of a toxic. Immutable: an update makes another one, and takes effect as a whole or not at all.</summary>
internal sealed class ToxicAttributes
{
    private readonly ToxicType _type;
    private readonly decimal[] _values;

    private ToxicAttributes(ToxicType type, decimal[] values)
    {
        _type = type;
        _values = values;
    }

    public IEnumerable<KeyValuePair<ToxicAttribute, decimal>> All =>
        _type.Attributes.Select((attribute, index) => KeyValuePair.Create(attribute, _values[index]));

    public decimal this[ToxicAttribute attribute] => _values[Array.IndexOf(_type.Attributes, attribute)];

    public static ToxicAttributes DefaultsOf(ToxicType _type) => new(_type, [.. _type.Attributes.Select(attribute => attribute.Default)]);

    /// <summary>With other values for some attributes.</summary>
    /// <param name="changes">The values; names of no attribute are ignored.</param>
    /// <returns>The new values.</returns>
    /// <exception cref="InvalidToxicException">Values have no meaning.</exception>
    public ToxicAttributes With(JsonFields? changes)
    {
        var changed = (decimal[])_values.Clone();
        for (var index = 0; changes is not null && index < changed.Length; index++)
        {
            var attribute = _type.Attributes[index];
            changed[index] = (attribute.IsFraction ? changes.Fraction(attribute.Name) : changes.Integer(attribute.Name)) ?? changed[index];
        }

        var result = new ToxicAttributes(_type, changed);
        result.Check();
        return result;
    }

    private void Check()
    {
        foreach (var (attribute, value) in All)
        {
            if (value < attribute.Minimum || value > attribute.Maximum)
            {
                throw new InvalidToxicException(
                    attribute.Maximum == long.MaxValue
                        ? $"{attribute.Name} must be at least {attribute.Minimum}"
                        : $"{attribute.Name} must be between {attribute.Minimum} and {attribute.Maximum}");
            }
        }

        if (_type.Check(this) is { } mistake)
        {
            throw new InvalidToxicException(mistake);
        }
    }
}
