using ChaosHarness.LocalCloud.Http;

namespace ChaosHarness.LocalCloud.Ec2;

/// <summary>What was made for which token of a client, so that a request sent twice is one.</summary>
internal sealed class LaunchTokens<T>
{
    private readonly Dictionary<string, (T Made, string Request)> _made = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <exception cref="AwsErrorException">The token came with other parameters before.</exception>
    public T Once(string? token, string request, Func<T> make)
    {
        if (token is null)
        {
            return make();
        }

        lock (_gate)
        {
            Check(token, request);
            return _made.TryGetValue(token, out var before) ? before.Made : (_made[token] = (make(), request)).Made;
        }
    }

    /// <exception cref="AwsErrorException">The token came with other parameters before.</exception>
    public void Check(string? token, string request)
    {
        lock (_gate)
        {
            if (token is not null && _made.TryGetValue(token, out var before) && before.Request != request)
            {
                throw new AwsErrorException("IdempotentParameterMismatch", $"Arguments on this idempotent request are inconsistent with arguments used in previous request(s) with client token {token}.");
            }
        }
    }
}
