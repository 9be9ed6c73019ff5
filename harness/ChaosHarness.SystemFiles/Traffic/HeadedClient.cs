namespace ChaosHarness.SystemFiles.Traffic;

/// <summary>Sends requests with headers of their own, once each: a retry would hide a failure.</summary>
internal sealed class HeadedClient(IReadOnlyDictionary<string, string> headers) : HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false }), IAsyncDisposable
{
    public override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return base.SendAsync(request, cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
