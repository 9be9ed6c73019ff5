using System.Globalization;
using ChaosHarness.Calls;

namespace ChaosHarness.Safety;

internal sealed record StopOnHttpStatus(Uri Address, IReadOnlyList<int> Expected) : StopCondition
{
    internal override string Name => $"status of {Address}";

    // An answer that does not come says nothing: that cannot be evaluated, which halts by itself when it lasts.
    internal override async ValueTask<StopReading> ReadAsync(StopContext context, CancellationToken cancellationToken)
    {
        using var answer = await PlainHttp.Unlimited.GetAsync(Address, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        var status = (int)answer.StatusCode;
        return (Expected.Count == 0 ? answer.IsSuccessStatusCode : Expected.Contains(status))
            ? new StopReading()
            : new StopReading(string.Create(CultureInfo.InvariantCulture, $"{Address} answered {status}, wanted {(Expected.Count == 0 ? "200 to 299" : string.Join(" or ", Expected))}"));
    }
}
