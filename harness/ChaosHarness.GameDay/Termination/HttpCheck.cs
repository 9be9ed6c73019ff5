using System.Globalization;
using ChaosHarness.Timing;

namespace ChaosHarness.GameDay.Termination;

/// <summary>Well is what answers a GET with a status that is wanted.</summary>
/// <param name="Address">Where.</param>
/// <param name="Statuses">The statuses that are wanted; 200 to 299 when there are none.</param>
/// <param name="Patience">How long an answer may take.</param>
internal sealed record HttpCheck(Uri Address, IReadOnlyList<int> Statuses, TimeSpan Patience) : ICheck
{
    // What is asked is what was named: no proxy, and no page that it leads to.
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2) }) { Timeout = Timeout.InfiniteTimeSpan };

    public async Task<string?> WhyBadAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            using var answer = await Http.GetAsync(Address, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
            var status = (int)answer.StatusCode;
            return (Statuses.Count == 0 ? answer.IsSuccessStatusCode : Statuses.Contains(status))
                ? null
                : string.Create(CultureInfo.InvariantCulture, $"{Address} answered {status}, wanted {(Statuses.Count == 0 ? "200 to 299" : string.Join(" or ", Statuses))}");
        }
        catch (HttpRequestException exception)
        {
            return $"{Address} did not answer: {exception.Message}";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"{Address} did not answer within {DurationText.Format(Patience)}";
        }
    }
}
