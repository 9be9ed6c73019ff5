namespace ChaosHarness.Calls;

/// <summary>How the harness speaks HTTP to a system that it measures.</summary>
internal static class PlainHttp
{
    private const int LongestAnswer = 4 * 1024 * 1024;

    /// <summary>For looks whose time somebody else limits.</summary>
    public static HttpClient Unlimited { get; } = new(Handler()) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = LongestAnswer };

    /// <summary>A handler without proxy, redirects, cookies and tracing: what is measured is what it was pointed at, nothing else.</summary>
    public static SocketsHttpHandler Handler() => new()
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
    };

    /// <summary>An address as somebody writes it.</summary>
    /// <exception cref="ArgumentException">It is no absolute address of http or https.</exception>
    public static Uri Address(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? address
            : throw new ArgumentException($"'{url}' is no address of http or https, such as http://localhost:8080/health.", nameof(url));

    /// <summary>An address for people: without the user, and without the query, in which there may be secrets.</summary>
    public static string Shown(Uri url) => url.IsAbsoluteUri ? $"{url.Scheme}://{url.Authority}{url.AbsolutePath}" : url.OriginalString;
}
