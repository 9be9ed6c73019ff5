using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Threading.Channels;

namespace ChaosHarness.Safety.Watchdogs;

/// <summary>
/// A process that runs <see cref="Program"/> with what this one consists of, outside of its process tree, its terminal and its session. It sees
/// by the end of its input that this one is no more, however that came.
/// </summary>
internal sealed class WatchdogProcess : IDisposable
{
    private const string Shell = "/bin/sh";
    // The shell ends at once, so that the watchdog is nobody's child: what kills a tree of processes does not reach it. Its errors go nowhere,
    // as whoever started the tests may wait for the end of what they write.
    private const string Detach = """
        exec 3<&0
        for fd in 4 5 6 7 8 9; do eval "exec $fd<&-"; done
        if command -v setsid >/dev/null 2>&1; then setsid "$@" <&3 3<&- 2>/dev/null & else "$@" <&3 3<&- 2>/dev/null & fi
        """;

    private readonly Channel<(WatchOrder Order, TaskCompletionSource<string?> Answer)> _orders = Channel.CreateUnbounded<(WatchOrder, TaskCompletionSource<string?>)>();
    private int _isOver;

    public WatchdogProcess() => _ = Task.Run(RunAsync);

    /// <summary>Whether it has not ended.</summary>
    public bool IsThere => Volatile.Read(ref _isOver) == 0;

    /// <summary>Has it look after a run.</summary>
    /// <returns>When it does, or when it cannot: with the reason, or with what it will not be able to undo; null when all is well.</returns>
    public Task<string?> WatchAsync(WatchOrder order)
    {
        var answer = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_orders.Writer.TryWrite((order, answer)))
        {
            answer.SetResult("it is ending");
        }

        return answer.Task;
    }

    public void Dispose() => _orders.Writer.TryComplete();

    private async Task RunAsync()
    {
        var problem = "it is ending";
        try
        {
            using var process = Process.Start(Plan()) ?? throw new InvalidOperationException("it did not start");
            try
            {
                var said = Channel.CreateUnbounded<string>();
                _ = ListenAsync(process.StandardOutput, said.Writer);
                await foreach (var (order, answer) in _orders.Reader.ReadAllAsync().ConfigureAwait(false))
                {
                    answer.SetResult(await AskAsync(process.StandardInput, order, said.Reader).ConfigureAwait(false));
                }
            }
            finally
            {
                // Its end is what tells the watchdog that nothing is to be watched any more.
                process.StandardInput.Close();
            }
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException or System.ComponentModel.Win32Exception or NotSupportedException)
        {
            problem = exception.Message.TrimEnd('.');
        }

        End();
        while (_orders.Reader.TryRead(out var left))
        {
            left.Answer.TrySetResult(problem);
        }
    }

    // Null when all is well.
    private static async Task<string?> AskAsync(StreamWriter orders, WatchOrder order, ChannelReader<string> said)
    {
        try
        {
            await orders.WriteLineAsync(JsonSerializer.Serialize(order, SafetyJson.Default.WatchOrder)).ConfigureAwait(false);
            await orders.FlushAsync().ConfigureAwait(false);
            return await said.ReadAsync().ConfigureAwait(false) is { Length: > 0 } problem ? problem : null;
        }
        catch (Exception exception) when (exception is IOException or ChannelClosedException)
        {
            return "it has ended";
        }
    }

    // The end of what it says is its own end, also when nobody asks it anything.
    private async Task ListenAsync(StreamReader answers, ChannelWriter<string> said)
    {
        try
        {
            while (await answers.ReadLineAsync().ConfigureAwait(false) is { } line)
            {
                await said.WriteAsync(line).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
        }

        said.TryComplete();
        End();
    }

    private void End()
    {
        Volatile.Write(ref _isOver, 1);
        _orders.Writer.TryComplete();
    }

    private static ProcessStartInfo Plan()
    {
        var library = typeof(WatchdogProcess).Assembly.Location;
        if (library.Length == 0 || Parts() is not { } parts)
        {
            throw new NotSupportedException("this program is one file, of which no other process can be made");
        }

        string[] command = [DotNet(), "exec", "--depsfile", parts, "--runtimeconfig", Path.ChangeExtension(Path.ChangeExtension(parts, null), ".runtimeconfig.json"), library, Program.Watch];
        var plan = OperatingSystem.IsWindows() || !File.Exists(Shell) ? new ProcessStartInfo(command[0], command[1..]) : new ProcessStartInfo(Shell, ["-c", Detach, "sh", .. command]);
        (plan.RedirectStandardInput, plan.RedirectStandardOutput, plan.CreateNoWindow) = (true, true, true);
        plan.Environment[Program.OwnerVariable] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        foreach (var (name, value) in Settings)
        {
            plan.Environment[name] = value;
        }

        return plan;
    }

    // Small, as it has nothing to do; whole, so that no agent of a pipeline takes it for what a job forgot; and without what tools put into every process.
    private static readonly IReadOnlyDictionary<string, string?> Settings = new Dictionary<string, string?>
    {
        ["DOTNET_gcServer"] = "0",
        ["DOTNET_gcConcurrent"] = "0",
        ["DOTNET_TieredPGO"] = "0",
        ["DOTNET_EnableDiagnostics"] = "0",
        ["DOTNET_STARTUP_HOOKS"] = null,
        ["CORECLR_ENABLE_PROFILING"] = null,
        ["RUNNER_TRACKING_ID"] = null,
        ["JENKINS_NODE_COOKIE"] = "dontKillMe",
        ["BUILD_ID"] = "dontKillMe",
    };

    // The file that says which assemblies this process consists of.
    private static string? Parts() => (AppContext.GetData("APP_CONTEXT_DEPS_FILES") as string)?.Split(Path.PathSeparator, ';').FirstOrDefault(File.Exists);

    // The one that runs this process: its runtime lies in shared/Microsoft.NETCore.App/VERSION beside it.
    private static string DotNet()
    {
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        var dotnet = Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
        return File.Exists(dotnet) ? dotnet : "dotnet";
    }
}
