namespace ChaosHarness.Aws.Wire;

/// <summary>How a service speaks.</summary>
internal enum WireProtocol
{
    /// <summary>Resources, and bodies in JSON.</summary>
    RestJson,

    /// <summary>Forms with an Action, and answers in XML.</summary>
    Query,

    /// <summary>Resources, and bodies in XML.</summary>
    RestXml,
}
