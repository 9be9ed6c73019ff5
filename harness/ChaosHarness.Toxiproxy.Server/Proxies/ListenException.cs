namespace ChaosHarness.Toxiproxy.Server.Proxies;

/// <summary>An address cannot be listened on.</summary>
internal sealed class ListenException : Exception
{
    public ListenException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
