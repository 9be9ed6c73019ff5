using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using ChaosHarness.Calls;
using ChaosHarness.Histories;

namespace ChaosHarness.Workloads;

/// <summary>
/// Writes over HTTP, as most services take them: an answer of 200 to 299 acknowledges. Where the service gives ids of its own, say where they are in its answer;
/// otherwise the id of the harness has to be in what is sent, so that the write can be found again.
/// </summary>
/// <param name="Name">What the traffic is called in records; unique within an experiment.</param>
/// <param name="PerSecond">Writes a second, more than 0.</param>
/// <param name="Url">Where writes go, an absolute http or https address.</param>
public sealed record HttpWorkload(string Name, double PerSecond, Uri Url)
{
    /// <summary>Makes traffic to an address as it is written.</summary>
    /// <param name="name">What the traffic is called in records; unique within an experiment.</param>
    /// <param name="perSecond">Writes a second, more than 0.</param>
    /// <param name="url">Where writes go, an absolute http or https address.</param>
    /// <exception cref="ArgumentException">It is none.</exception>
    public HttpWorkload(string name, double perSecond, string url)
        : this(name, perSecond, PlainHttp.Address(url))
    {
    }

    private const int LongestAnswer = 1024 * 1024;
    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    // Shared by all HTTP workloads. One attempt: a retry would hide a failure.
    private static readonly HttpMessageInvoker Shared = new(PlainHttp.Handler());

    /// <summary>The client that sends the requests, for systems that need certificates or headers.</summary>
    /// <value>Default: a shared client without proxy, redirects and cookies.</value>
    public HttpMessageInvoker Client { get; init; } = Shared;

    /// <summary>How it writes.</summary>
    /// <value>Default: POST.</value>
    public HttpMethod Method { get; init; } = HttpMethod.Post;

    /// <summary>Makes the address of a write, where each has one of its own.</summary>
    /// <value>Default: null, all go to <see cref="Url"/>.</value>
    public Func<WriteAttempt, Uri>? AddressOf { get; init; }

    /// <summary>Makes the body of a write.</summary>
    /// <value>Default: a JSON object with the id of the harness, <c>{"id":"4711"}</c>; as a text, because not every reader of JSON keeps whole numbers of 63 bits.</value>
    public Func<WriteAttempt, string> Body { get; init; } = write => string.Create(CultureInfo.InvariantCulture, $$"""{"id":"{{write.Id}}"}""");

    /// <summary>What the body is.</summary>
    /// <value>Default: <c>application/json</c>.</value>
    public string MediaType { get; init; } = "application/json";

    /// <summary>The member of an answer, a JSON object, that says what the service calls what it stored: a whole number, a GUID or a text.</summary>
    /// <value>Default: null, it is called by the id of the harness.</value>
    public string? IdMember { get; init; }

    /// <summary>Where the ids of everything that is stored can be read: a JSON array of them, or of objects that have them.</summary>
    /// <value>Default: null, and no lost write can be found.</value>
    public Uri? StoredAt { get; init; }

    /// <summary>The same workload with another body.</summary>
    /// <param name="body">Makes it; the id of the harness is in the attempt.</param>
    /// <returns>The new workload.</returns>
    public HttpWorkload Sending(Func<WriteAttempt, string> body) => this with { Body = body };

    /// <summary>The same workload with an address for each write.</summary>
    /// <param name="address">Makes it; the id of the harness is in the attempt.</param>
    /// <returns>The new workload.</returns>
    public HttpWorkload SentTo(Func<WriteAttempt, Uri> address) => this with { AddressOf = address };

    /// <summary>The same workload for a service that gives ids of its own.</summary>
    /// <param name="member">Where they are in its answers, such as <c>id</c>.</param>
    /// <returns>The new workload.</returns>
    public HttpWorkload IdFrom(string member) => this with { IdMember = member };

    /// <summary>The same workload with a way to read back what the service holds.</summary>
    /// <param name="url">See <see cref="StoredAt"/>.</param>
    /// <returns>The new workload.</returns>
    public HttpWorkload ReadBackFrom(Uri url) => this with { StoredAt = url };

    /// <summary>The workload itself, for time-outs and thresholds.</summary>
    /// <returns>A workload that writes over HTTP.</returns>
    public Workload ToWorkload()
    {
        var workload = new Workload(Name, PerSecond, SendAsync) { Address = PlainHttp.Shown(Url) };
        return StoredAt is null ? workload : workload.ReadBack(StoredAsync);
    }

    /// <summary>The workload itself.</summary>
    /// <param name="http">How it writes.</param>
    public static implicit operator Workload(HttpWorkload http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return http.ToWorkload();
    }

    private async ValueTask<WriteOutcome> SendAsync(WriteAttempt write, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(Method, AddressOf?.Invoke(write) ?? Url) { Content = new StringContent(Body(write), Utf8, MediaType) };
        using var response = await Client.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            return WriteOutcome.Refused("HTTP " + ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture));
        }

        if (IdMember is not { } member)
        {
            return WriteOutcome.Ack();
        }

        // An id is short; what goes on for ever must not fill the memory until the time is over.
        await response.Content.LoadIntoBufferAsync(LongestAnswer, cancellationToken).ConfigureAwait(false);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
        return WriteOutcome.Ack(storedAs: IdIn(answer.RootElement, member));
    }

    private async IAsyncEnumerable<StoredId> StoredAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, StoredAt);
        using var response = await Client.SendAsync(request, cancellationToken).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            await foreach (var element in JsonSerializer.DeserializeAsyncEnumerable(body, HttpWorkloadJson.Default.JsonElement, cancellationToken).ConfigureAwait(false))
            {
                yield return element.ValueKind == JsonValueKind.Object ? IdIn(element, IdMember ?? "id") : IdOf(element);
            }
        }
    }

    private static StoredId IdIn(JsonElement answer, string member) => answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty(member, out var id)
        ? IdOf(id)
        : throw new FormatException($"the answer has no '{member}', which is to say what was stored");

    // Ids are compared as values: a number or a GUID that comes as a text is the same one, but 0042 is no number that would be written so.
    private static StoredId IdOf(JsonElement id) => id.ValueKind switch
    {
        JsonValueKind.Number when id.TryGetInt64(out var number) => number,
        JsonValueKind.String when long.TryParse(id.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number.ToString(CultureInfo.InvariantCulture) == id.GetString() => number,
        JsonValueKind.String when id.TryGetGuid(out var guid) => guid,
        JsonValueKind.String => id.GetString()!,
        _ => throw new FormatException($"an id must be a whole number, a GUID or a text, and is {id.GetRawText()}"),
    };
}
