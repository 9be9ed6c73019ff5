using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ChaosHarness.Aws.Tests.Clients;

/// <summary>Something that answers HTTP requests as a test wants it to, and remembers them.</summary>
internal sealed class WebService : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WebService(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.First());

    public List<(string Line, string Body, IHeaderDictionary Headers)> Requests { get; } = [];

    public static async Task<WebService> StartAsync(Func<int, HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var service = new WebService(builder.Build());
        service._app.Run(async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            int number;
            var body = await reader.ReadToEndAsync();
            lock (service.Requests)
            {
                service.Requests.Add(($"{http.Request.Method} {http.Request.Path}{http.Request.QueryString}", body, new HeaderDictionary(http.Request.Headers.ToDictionary())));
                number = service.Requests.Count;
            }

            await answer(number, http);
        });
        await service._app.StartAsync();
        return service;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }
}
