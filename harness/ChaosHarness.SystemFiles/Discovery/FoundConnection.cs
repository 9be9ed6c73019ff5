using System.Net;

namespace ChaosHarness.SystemFiles.Discovery;

/// <summary>A connection between two of what was found.</summary>
/// <param name="From">The name of the one that connects.</param>
/// <param name="To">The name of the one that it is connected to.</param>
/// <param name="At">Where that one listens.</param>
internal sealed record FoundConnection(string From, string To, IPEndPoint At);
