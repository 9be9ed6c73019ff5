using System.Globalization;
using System.Net;
using Amazon.Runtime;

namespace ChaosHarness.LocalCloud.Contract;

/// <summary>What cases claim of answers.</summary>
internal static class Claim
{
    /// <exception cref="ContractBrokenException">They differ.</exception>
    public static void Same<T>(string what, T expected, T actual)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            throw new ContractBrokenException(what, Text(expected), Text(actual));
        }
    }

    /// <exception cref="ContractBrokenException">They differ, in whatever order.</exception>
    public static void SameSet(string what, IEnumerable<string> expected, IEnumerable<string>? actual) =>
        Same(what, string.Join(", ", expected.Order(StringComparer.Ordinal)), string.Join(", ", (actual ?? []).Order(StringComparer.Ordinal)));

    /// <exception cref="ContractBrokenException">It does not hold.</exception>
    public static void That(string what, bool holds, object? actual = null)
    {
        if (!holds)
        {
            throw new ContractBrokenException(what, "to hold", actual is null ? "not so" : Text(actual));
        }
    }

    /// <summary>Claims that a call is refused.</summary>
    /// <param name="code">The code of the error; several that are documented with <c>|</c> between them.</param>
    /// <param name="call">The call.</param>
    /// <param name="status">The HTTP status.</param>
    /// <exception cref="ContractBrokenException">It is not, or otherwise.</exception>
    public static async Task<AmazonServiceException> RefusedAsync(string code, Func<Task> call, HttpStatusCode status = HttpStatusCode.BadRequest)
    {
        try
        {
            await call();
        }
        catch (AmazonServiceException refusal)
        {
            var actual = code.Split('|').Contains(refusal.ErrorCode, StringComparer.Ordinal) ? code : refusal.ErrorCode;
            Same("the refusal", string.Create(CultureInfo.InvariantCulture, $"{code} {(int)status}"), string.Create(CultureInfo.InvariantCulture, $"{actual} {(int)refusal.StatusCode}{(actual == code ? "" : $" ({refusal.Message})")}"));
            return refusal;
        }

        throw new ContractBrokenException("the call", $"a refusal, {code}", "done");
    }

    private static string Text(object? value) => value is null ? "nothing" : $"'{Convert.ToString(value, CultureInfo.InvariantCulture)}'";
}
