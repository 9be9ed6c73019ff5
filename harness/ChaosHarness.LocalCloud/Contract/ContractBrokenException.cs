namespace ChaosHarness.LocalCloud.Contract;

/// <summary>Something is not as the contract says.</summary>
/// <param name="what">What was looked at.</param>
/// <param name="expected">What AWS's documentation says.</param>
/// <param name="actual">What came.</param>
public sealed class ContractBrokenException(string what, string expected, string actual) : Exception($"{what}: expected {expected}, but was {actual}")
{
    /// <summary>What AWS's documentation says.</summary>
    public string Expected => expected;

    /// <summary>What came.</summary>
    public string Actual => actual;
}
