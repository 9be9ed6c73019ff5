using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace ChaosHarness.LocalCloud.Contract.Calls;

/// <summary>What came of a request.</summary>
internal sealed record RawAnswer(int Status, string Body, IReadOnlyDictionary<string, string> Headers)
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false });

    /// <summary>The code of an error; null for none.</summary>
    public string? Code => Headers.GetValueOrDefault("x-amzn-ErrorType")?.Split(':')[0]
        ?? (Body.StartsWith('<') ? XDocument.Parse(Body).Descendants().FirstOrDefault(element => element.Name.LocalName == "Code")?.Value : null);

    public static async Task<RawAnswer> OfAsync(string method, Uri url, string body, IEnumerable<KeyValuePair<string, string>> headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), url);
        if (method is "POST" or "PUT")
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        }

        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var response = await Http.SendAsync(request);
        return new RawAnswer(
            (int)response.StatusCode,
            await response.Content.ReadAsStringAsync(),
            response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(",", header.Value), StringComparer.OrdinalIgnoreCase));
    }

    /// <exception cref="ContractBrokenException">It came otherwise.</exception>
    public void IsRefused(string code, int status) => Claim.Same(
        "the refusal",
        string.Create(CultureInfo.InvariantCulture, $"{code} {status}"),
        string.Create(CultureInfo.InvariantCulture, $"{(Code is { } came && code.Split('|').Contains(came) ? code : Code ?? Body)} {Status}"));

    /// <exception cref="ContractBrokenException">It came otherwise.</exception>
    public void IsDone(int status = 200) => Claim.Same("the answer", string.Create(CultureInfo.InvariantCulture, $"{status}"), Status == status ? string.Create(CultureInfo.InvariantCulture, $"{status}") : string.Create(CultureInfo.InvariantCulture, $"{Status} {Body}"));
}
