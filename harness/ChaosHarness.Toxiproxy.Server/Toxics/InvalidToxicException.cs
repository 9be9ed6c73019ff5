namespace ChaosHarness.Toxiproxy.Server.Toxics;

/// <summary>The attributes of a toxic have no meaning together.</summary>
internal sealed class InvalidToxicException : Exception
{
    public InvalidToxicException(string message)
        : base(message)
    {
    }
}
