using System.Collections.Concurrent;
using System.Text;
using ChaosHarness.Experiments;

namespace ChaosHarness.Live;

/// <summary>
/// Writes what runs are like, twice a second, into a file that other programs follow: a JSON object a line. Several runs of one process
/// may share one. What cannot be written is not shown, and troubles no run.
/// </summary>
/// <param name="file">The file; made when it is missing.</param>
/// <param name="time">Where time comes from; the system's clock when null.</param>
public sealed class LiveFeed(string file, TimeProvider? time = null) : IRunWatcher
{
    /// <summary>The variable of the environment that names the file, for who starts the tests and wants to show them.</summary>
    public const string Variable = "CHAOSHARNESS_LIVE";

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Gates = new(StringComparer.Ordinal);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <inheritdoc/>
    public async Task WatchAsync(LiveRun run, CancellationToken over)
    {
        ArgumentNullException.ThrowIfNull(run);
        bool isOver;
        do
        {
            isOver = over.IsCancellationRequested;
            Write(new LiveEntry(Run: LiveSnapshot.Of(run, isOver)));
            await Task.Delay(Interval, time ?? TimeProvider.System, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        while (!isOver);
    }

    /// <summary>Writes how a test ended.</summary>
    /// <param name="end">How.</param>
    public void Write(LiveEnd end) => Write(new LiveEntry(End: end));

    /// <summary>Writes which experiments there are.</summary>
    /// <param name="ids">Their ids.</param>
    public void Write(IEnumerable<string> ids) => Write(new LiveEntry { Experiments = [.. ids] });

    // Where a file ends is looked up when it is opened: two at once would write to the same place. A file that hangs is given up, by all who write to it.
    private void Write(LiveEntry entry)
    {
        var gate = Gates.GetOrAdd(Path.GetFullPath(file), static _ => new SemaphoreSlim(1));
        if (!gate.Wait(Patience))
        {
            return;
        }

        new Thread(() => Append(entry, gate)) { IsBackground = true, Name = "live feed" }.Start();
        if (gate.Wait(Patience))
        {
            gate.Release();
        }
    }

    private void Append(LiveEntry entry, SemaphoreSlim gate)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            stream.Write(Encoding.UTF8.GetBytes(entry.Write() + "\n"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            // It is shown to nobody.
        }
        finally
        {
            gate.Release();
        }
    }
}
