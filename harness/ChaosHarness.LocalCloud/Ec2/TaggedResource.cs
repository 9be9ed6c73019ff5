namespace ChaosHarness.LocalCloud.Ec2;

/// <summary>One tag of one resource.</summary>
internal sealed record TaggedResource(string Id, string Type, string Key, string Value);
