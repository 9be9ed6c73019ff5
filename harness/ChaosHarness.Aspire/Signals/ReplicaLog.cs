using System.Runtime.CompilerServices;
using Aspire.Hosting.ApplicationModel;
using ChaosHarness.Systems;

namespace ChaosHarness.Aspire.Signals;

/// <summary>What a replica writes, as Aspire passes it on: from the subscription on, also after it was started again.</summary>
internal sealed class ReplicaLog(string component, Func<CancellationToken, ConfiguredCancelableAsyncEnumerable<IReadOnlyList<LogLine>>> watch) : ILogSource
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public string Component => component;

    public IDisposable Subscribe(Action<string> onLine)
    {
        ArgumentNullException.ThrowIfNull(onLine);
        var news = new LogNews(DateTimeOffset.UtcNow);
        return new Subscription(async (pass, token) =>
        {
            while (true)
            {
                // What it wrote before comes first each time, and the end of it when it ends.
                await foreach (var lines in watch(token))
                {
                    foreach (var line in lines)
                    {
                        if (news.Next(line) is { } text)
                        {
                            pass(() => onLine(text));
                        }
                    }
                }

                await Task.Delay(Pause, token).ConfigureAwait(false);
            }
        });
    }
}
