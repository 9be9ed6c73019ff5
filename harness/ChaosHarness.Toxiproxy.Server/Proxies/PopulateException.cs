namespace ChaosHarness.Toxiproxy.Server.Proxies;

/// <summary>Populating stopped at a proxy; those before it are done.</summary>
internal sealed class PopulateException : Exception
{
    public PopulateException(RefusedException refusal, IReadOnlyList<Proxy> done)
        : base(refusal.Message, refusal)
    {
        Status = refusal.Status;
        Done = done;
    }

    public int Status { get; }

    public IReadOnlyList<Proxy> Done { get; }
}
