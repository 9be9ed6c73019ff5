namespace ChaosHarness.Calls;

/// <summary>How the harness speaks HTTP to a system that it measures.</summary>
internal static class PlainHttp
{
    /// <summary>A handler without proxy, redirects, cookies and tracing: what is measured is what it was pointed at, nothing else.</summary>
    public static SocketsHttpHandler Handler() => new()
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
    };
}
