using System.Net;

namespace ChaosHarness.SystemFiles.Discovery;

/// <summary>A TCP socket of this machine.</summary>
/// <param name="Local">Where it is bound.</param>
/// <param name="Remote">Whom it is connected to.</param>
/// <param name="IsListening">Whether it listens; else it is connected.</param>
/// <param name="Inode">By which its process has it.</param>
internal sealed record SocketEntry(IPEndPoint Local, IPEndPoint Remote, bool IsListening, long Inode);
