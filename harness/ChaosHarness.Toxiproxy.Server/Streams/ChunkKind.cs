namespace ChaosHarness.Toxiproxy.Server.Streams;

/// <summary>What travels through the toxics of one direction of a connection.</summary>
internal enum ChunkKind
{
    /// <summary>Bytes.</summary>
    Data,

    /// <summary>The sender ended its side.</summary>
    End,

    /// <summary>A toxic ended the stream, or its source is gone: the connection closes behind the data.</summary>
    Close,

    /// <summary>As <see cref="Close"/>, but both peers see a reset.</summary>
    Reset,
}
