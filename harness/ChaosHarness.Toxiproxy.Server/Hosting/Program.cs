using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace ChaosHarness.Toxiproxy.Server.Hosting;

/// <summary>The server alone.</summary>
internal static class Program
{
    // Events of sockets are handled where they arrive instead of being passed to another thread: here nothing that handles them ever waits.
    // The runtime reads this when the first socket is used.
    private const string InlineCompletions = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    public static async Task<int> Main(string[] arguments)
    {
        Environment.SetEnvironmentVariable(InlineCompletions, Environment.GetEnvironmentVariable(InlineCompletions) ?? "1");
        try
        {
            var line = CommandLine.Parse(arguments);
            if (line.ShowsVersion || line.ShowsUsage)
            {
                Console.Out.Write(line.ShowsVersion ? $"toxiproxy-server version {Version()}\n" : CommandLine.Usage);
                return 0;
            }

            return await RunAsync(line).ConfigureAwait(false);
        }
        catch (FormatException mistake)
        {
            await Console.Error.WriteAsync($"{mistake.Message}\n{CommandLine.Usage}").ConfigureAwait(false);
            return 2;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"The server cannot start: {exception.Message}").ConfigureAwait(false);
            return 1;
        }
    }

    private static async Task<int> RunAsync(CommandLine line)
    {
        var ended = new TaskCompletionSource();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        // A terminal interrupts all of its processes at once: whoever started this one still has to undo what it does, and ends its input then.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, line.EndsWithInput ? Ignore : End);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, line.EndsWithInput ? Ignore : End);
        await using var server = await ToxiproxyServer.StartAsync(line.Options(), Log).ConfigureAwait(false);
        using var memory = new MemoryReturn(() => server.HasToxics);
        await Console.Out.WriteLineAsync($"{ToxiproxyProcess.ReadyPrefix}{server.Url}").ConfigureAwait(false);
        if (line.EndsWithInput)
        {
            // A thread of its own: a read from the console cannot be awaited everywhere.
            new Thread(() => EndWithInput(ended)) { IsBackground = true, Name = "input" }.Start();
        }

        await ended.Task.ConfigureAwait(false);
        return 0;

        static void Ignore(PosixSignalContext context) => context.Cancel = true;

        void End(PosixSignalContext context)
        {
            context.Cancel = true;
            ended.TrySetResult();
        }
    }

    private static void EndWithInput(TaskCompletionSource ended)
    {
        while (Console.In.Read() >= 0)
        {
            // What is written does not matter, only that it ends.
        }

        ended.TrySetResult();
    }

    private static void Log(ILoggingBuilder logging) => logging
        .SetMinimumLevel(LogLevels.FromEnvironment())
        .AddFilter("Microsoft", LogLevel.None)
        .AddJsonConsole(console => console.UseUtcTimestamp = true);

    private static string Version() => typeof(Program).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
