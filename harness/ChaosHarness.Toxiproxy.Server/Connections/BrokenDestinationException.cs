namespace ChaosHarness.Toxiproxy.Server.Connections;

/// <summary>The receiver takes no more bytes; the sender may be well.</summary>
internal sealed class BrokenDestinationException : Exception
{
    public BrokenDestinationException(Exception? cause = null)
        : base("The receiver takes no more bytes.", cause)
    {
    }
}
