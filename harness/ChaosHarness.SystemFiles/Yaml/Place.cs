namespace ChaosHarness.SystemFiles.Yaml;

/// <summary>Where something stands in a file.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
internal readonly record struct Place(int Line, int Column);
