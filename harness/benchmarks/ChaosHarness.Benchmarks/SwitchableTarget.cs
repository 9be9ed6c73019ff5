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
    private volatile TaskCompletionSource? _down;
    private long _met;

    private SwitchableTarget(WebApplication app) => _app = app;

    /// <summary>How many requests met it down.</summary>
    public long Met => Interlocked.Read(ref _met);

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>Starts one.</summary>
    /// <param name="service">How long an answer takes, after it looked whether it is down.</param>
    /// <param name="holds">Whether requests are held while it is down; else they fail at once.</param>
    public static async Task<SwitchableTarget> StartAsync(TimeSpan service = default, bool holds = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var target = new SwitchableTarget(app);
        app.MapGet("/", () => target.AnswerAsync(service, holds));
        await app.StartAsync();
        return target;
    }

    public void Switch(bool isDown)
    {
        var before = Interlocked.Exchange(ref _down, isDown ? new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously) : null);
        before?.SetResult();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> AnswerAsync(TimeSpan service, bool holds)
    {
        if (_down is { } down)
        {
            Interlocked.Increment(ref _met);
            if (!holds)
            {
                return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
            }

            await down.Task;
        }

        if (service > TimeSpan.Zero)
        {
            await Task.Delay(service);
        }

        return Results.Ok();
    }
}
