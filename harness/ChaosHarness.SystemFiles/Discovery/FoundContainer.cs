namespace ChaosHarness.SystemFiles.Discovery;

/// <summary>A container that runs.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Image">What it was made of.</param>
/// <param name="Ports">The ports of this machine that lead to it.</param>
/// <param name="Service">The service of a compose file that it is; null when it is none.</param>
internal sealed record FoundContainer(string Name, string Image, IReadOnlyList<int> Ports, string? Service);
