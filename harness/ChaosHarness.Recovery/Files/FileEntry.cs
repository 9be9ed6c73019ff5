namespace ChaosHarness.Recovery.Files;

/// <summary>A file of a manifest.</summary>
/// <param name="Size">In bytes.</param>
/// <param name="Hash">Its SHA-256, in small hexadecimal letters.</param>
public readonly record struct FileEntry(long Size, string Hash);
