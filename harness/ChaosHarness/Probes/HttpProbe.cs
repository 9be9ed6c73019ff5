using System.Globalization;
using System.Text;
using ChaosHarness.Calls;

namespace ChaosHarness.Probes;

/// <summary>Asks a URL, with GET unless told otherwise; an answer of 200 to 299 is good. The body is read only for a number.</summary>
/// <param name="Name">What the signal is called in records.</param>
/// <param name="Url">An absolute http or https address.</param>
public sealed record HttpProbe(string Name, Uri Url) : Probe(Name)
{
    /// <summary>Makes a probe of an address as it is written.</summary>
    /// <param name="name">What the signal is called in records.</param>
    /// <param name="url">An absolute http or https address.</param>
    /// <exception cref="ArgumentException">It is none.</exception>
    public HttpProbe(string name, string url)
        : this(name, PlainHttp.Address(url))
    {
    }

    // Shared by all HTTP probes.
    private static readonly HttpMessageInvoker Shared = new(PlainHttp.Handler());

    /// <summary>The client that sends the requests, for systems that need certificates or headers.</summary>
    /// <value>Default: a shared client without proxy, redirects and cookies.</value>
    public HttpMessageInvoker Client { get; init; } = Shared;

    /// <summary>How it asks.</summary>
    /// <value>Default: GET.</value>
    public HttpMethod Method { get; init; } = HttpMethod.Get;

    /// <summary>Makes what each request sends.</summary>
    /// <value>Default: null, nothing.</value>
    public Func<HttpContent>? Content { get; init; }

    /// <summary>Reads the number that an answer is; what it throws is an error sample.</summary>
    /// <value>Default: null, no number is read.</value>
    public Func<string, double>? Number { get; init; }

    /// <summary>The same probe, sending a text.</summary>
    /// <param name="method">Such as POST.</param>
    /// <param name="body">The text.</param>
    /// <param name="mediaType">What it is.</param>
    /// <returns>The new probe.</returns>
    public HttpProbe Sending(HttpMethod method, string body, string mediaType = "application/json") =>
        this with { Method = method, Content = () => new StringContent(body, Encoding.UTF8, mediaType) };

    /// <summary>The same probe, keeping the number that its answers are.</summary>
    /// <param name="number">Reads it from the body.</param>
    /// <returns>The new probe.</returns>
    public HttpProbe Reading(Func<string, double> number) => this with { Number = number };

    /// <inheritdoc/>
    public override async ValueTask<ProbeSample> SampleAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(Method, Url) { Content = Content?.Invoke() };
        using var response = await Client.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            return ProbeSample.Bad("HTTP " + ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture));
        }

        return Number is { } number
            ? ProbeSample.Read(number(await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false)))
            : ProbeSample.Good;
    }

    internal override string? Address => PlainHttp.Shown(Url);

    internal override IEnumerable<string> Mistakes()
    {
        var mistakes = base.Mistakes();
        return Url is { IsAbsoluteUri: true, Scheme: "http" or "https" }
            ? mistakes
            : mistakes.Append($"Probe '{Name}': Url '{Url}' must be an absolute http or https address.");
    }
}
