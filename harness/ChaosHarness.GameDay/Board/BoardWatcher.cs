using ChaosHarness.Experiments;
using ChaosHarness.People;

namespace ChaosHarness.GameDay.Board;

/// <summary>Shows the runs of a session on its board, which it starts with the first of them.</summary>
/// <param name="options">Where the board answers.</param>
/// <param name="settings">What the tests run with.</param>
/// <param name="time">Where time comes from; the system's clock when null.</param>
internal sealed class BoardWatcher(BoardOptions options, WatcherSettings settings, TimeProvider? time = null) : IRunWatcher
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);
    private readonly BoardStream _stream = new();
    private readonly Lock _lock = new();
    private Task<BoardServer?>? _server;

    public async Task WatchAsync(LiveRun run, CancellationToken over)
    {
        ArgumentNullException.ThrowIfNull(run);
        var follower = new RunFollower(run, _stream);
        follower.Begin();
        _ = ServerAsync();
        bool isOver;
        do
        {
            isOver = over.IsCancellationRequested;
            follower.Look();
            await Task.Delay(Glance, time ?? TimeProvider.System, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        while (!isOver);
        follower.End();
        await KeepAsync(run).ConfigureAwait(false);
    }

    /// <summary>The server, once it is there; null when it cannot be.</summary>
    internal Task<BoardServer?> ServerAsync()
    {
        lock (_lock)
        {
            return _server ??= Task.Run(StartAsync);
        }
    }

    // A board that cannot be served keeps nobody from drilling.
    private async Task<BoardServer?> StartAsync()
    {
        try
        {
            var server = await BoardServer.StartAsync(options, _stream, settings.SessionFolder, settings.Tell).ConfigureAwait(false);
            server.Shown = new SessionBoard(server.Address.AbsoluteUri, Environment.ProcessId, DateTimeOffset.UtcNow).Show(settings.SessionFolder);
            settings.Tell($"Board: {server.Address.AbsoluteUri}");
            return server;
        }
        catch (Exception exception)
        {
            settings.Tell($"There is no board: {exception.Message}");
            return null;
        }
    }

    private async Task KeepAsync(LiveRun run)
    {
        var file = Path.Combine(settings.JournalFolder, run.RunId + KeptPage.Suffix);
        try
        {
            Directory.CreateDirectory(settings.JournalFolder);
            await File.WriteAllTextAsync(file, KeptPage.Of(_stream.After(0, run.RunId))).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            settings.Tell($"The board of run {run.RunId} could not be kept: {exception.Message}");
        }
    }
}
