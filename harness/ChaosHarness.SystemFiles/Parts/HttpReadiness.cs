using System.Globalization;

namespace ChaosHarness.SystemFiles.Parts;

/// <summary>Ready when an address answers with 200 to 299.</summary>
internal sealed record HttpReadiness(Uri Address) : IReadiness
{
    private static readonly HttpClient Client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.Zero }) { Timeout = TimeSpan.FromSeconds(2) };

    public async ValueTask<string?> WhyNotAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await Client.GetAsync(Address, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            return answer.IsSuccessStatusCode ? null : string.Create(CultureInfo.InvariantCulture, $"{Address.GetLeftPart(UriPartial.Path)} answers {(int)answer.StatusCode}");
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return $"{Address.GetLeftPart(UriPartial.Path)} does not answer: {exception.Message}";
        }
    }
}
