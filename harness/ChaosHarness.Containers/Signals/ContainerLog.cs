using System.Globalization;
using ChaosHarness.Systems;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace ChaosHarness.Containers.Signals;

/// <summary>Follows what a container writes from now on, across its restarts.</summary>
internal sealed class ContainerLog(ContainerComponent container) : ILogSource
{
    public string Component => container.Component.Name;

    public IDisposable Subscribe(Action<string> onLine)
    {
        // Of each line the engine says when it was written: where it goes on after a restart.
        var since = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var last = "";
        return new Following(async (following, token) =>
        {
            if (await container.FindAsync(token).ConfigureAwait(false) is not { State.Running: true } found)
            {
                return;
            }

            var parameters = new ContainerLogsParameters { ShowStdout = true, ShowStderr = true, Follow = true, Timestamps = true, Since = since };
            using var output = await container.Engine.OpenAsync($"reading the log of {Component}", (client, cancel) => client.Containers.GetContainerLogsAsync(found.Id, parameters, cancel), token).ConfigureAwait(false);
            await ReadAsync(output, line =>
            {
                var (written, text) = Split(line);
                if (written is null || string.CompareOrdinal(written, last) > 0)
                {
                    (last, since) = written is null ? (last, since) : (written, Unix(written) ?? since);
                    following.Pass(() => onLine(text));
                }
            }, token).ConfigureAwait(false);
        });
    }

    /// <summary>The time that a line begins with, in a form that sorts, and the rest of it.</summary>
    internal static (string? Written, string Text) Split(string line)
    {
        var blank = line.IndexOf(' ');
        return blank > 19 && line[blank - 1] == 'Z' && line[10] == 'T' ? (line[..(blank - 1)].PadRight(29, '0'), line[(blank + 1)..]) : (null, line);
    }

    private static string? Unix(string written) => DateTimeOffset.TryParse(written[..19] + "Z", CultureInfo.InvariantCulture, out var at) ? at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) : null;

    private static async Task ReadAsync(MultiplexedStream output, Action<string> onLine, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        var streams = new Dictionary<MultiplexedStream.TargetStream, LineBuffer>();
        while (await output.ReadOutputAsync(buffer, 0, buffer.Length, cancellationToken).ConfigureAwait(false) is { EOF: false } read)
        {
            if (!streams.TryGetValue(read.Target, out var lines))
            {
                streams[read.Target] = lines = new LineBuffer();
            }

            foreach (var line in lines.Add(buffer.AsSpan(0, read.Count)))
            {
                onLine(line);
            }
        }
    }
}
