namespace ChaosHarness.Allure;

/// <summary>A label of a test in the report.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class | AttributeTargets.Assembly, AllowMultiple = true)]
public abstract class AllureLabelAttribute : Attribute
{
    /// <summary>Names the label.</summary>
    /// <param name="name">Such as epic or severity.</param>
    /// <param name="value">Its value.</param>
    protected AllureLabelAttribute(string name, string value)
    {
        Name = name;
        Value = value;
    }

    /// <summary>Such as epic or severity.</summary>
    public string Name { get; }

    /// <summary>Its value.</summary>
    public string Value { get; }
}
