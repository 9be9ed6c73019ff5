namespace ChaosHarness.Recovery.MariaDb;

/// <summary>A query that has to give a value.</summary>
/// <param name="Name">What it looks at, such as <c>customers</c>.</param>
/// <param name="Query">The query: its first column of its first row is looked at.</param>
/// <param name="Expected">The value as text, such as <c>1000</c>.</param>
public sealed record MariaDbCheck(string Name, string Query, string Expected);
