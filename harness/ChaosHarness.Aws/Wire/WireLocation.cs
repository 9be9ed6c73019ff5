namespace ChaosHarness.Aws.Wire;

/// <summary>Where in a request a member travels.</summary>
internal enum WireLocation
{
    Body,
    Path,
    Query,
}
