using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChaosHarness.Benchmarks;

/// <summary>A web server that can be switched off and on, so that the true length of an outage is known.</summary>
internal sealed class SwitchableTarget : IAsyncDisposable
{
    private readonly WebApplication _app;
    private volatile bool _isDown;

    private SwitchableTarget(WebApplication app) => _app = app;

    public bool IsDown
    {
        set => _isDown = value;
    }

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public static async Task<SwitchableTarget> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var target = new SwitchableTarget(app);
        app.MapGet("/", () => target._isDown ? Results.StatusCode(StatusCodes.Status503ServiceUnavailable) : Results.Ok());
        await app.StartAsync();
        return target;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
