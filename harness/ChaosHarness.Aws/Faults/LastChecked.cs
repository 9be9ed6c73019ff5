namespace ChaosHarness.Aws.Faults;

/// <summary>What was checked last, shared by the copies of a fault.</summary>
internal sealed class LastChecked
{
    private volatile CheckedDefinition? _value;

    public CheckedDefinition? Value
    {
        get => _value;
        set => _value = value;
    }
}
