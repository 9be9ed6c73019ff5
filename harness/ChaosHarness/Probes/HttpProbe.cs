using System.Globalization;

namespace ChaosHarness.Probes;

/// <summary>Asks a URL with GET; an answer of 200 to 299 is good. The body is not read.</summary>
/// <param name="Name">What the signal is called in records.</param>
/// <param name="Url">An absolute http or https address.</param>
public sealed record HttpProbe(string Name, Uri Url) : Probe(Name)
{
    // Shared by all HTTP probes. No proxy and no redirects: a probe looks at what it was pointed at, nothing else.
    private static readonly HttpMessageInvoker Shared = new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
    });

    /// <summary>The client that sends the requests, for systems that need certificates or headers.</summary>
    /// <value>Default: a shared client without proxy, redirects and cookies.</value>
    public HttpMessageInvoker Client { get; init; } = Shared;

    /// <inheritdoc/>
    public override async ValueTask<ProbeSample> SampleAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Url);
        using var response = await Client.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return response.IsSuccessStatusCode
            ? ProbeSample.Good
            : ProbeSample.Bad("HTTP " + ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture));
    }

    internal override IEnumerable<string> Mistakes()
    {
        var mistakes = base.Mistakes();
        return Url is { IsAbsoluteUri: true, Scheme: "http" or "https" }
            ? mistakes
            : mistakes.Append($"Probe '{Name}': Url '{Url}' must be an absolute http or https address.");
    }
}
