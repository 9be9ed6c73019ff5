namespace ChaosHarness.Allure;

#pragma warning disable IDE1006, CA1707 // The names are those of the common Allure adapter, in lower case, as the format has them.

/// <summary>How grave it is when a test fails.</summary>
public enum SeverityLevel
{
    /// <summary>As usual.</summary>
    normal,

    /// <summary>Nothing works without it.</summary>
    blocker,

    /// <summary>Grave.</summary>
    critical,

    /// <summary>Small.</summary>
    minor,

    /// <summary>Hardly worth mentioning.</summary>
    trivial,
}
