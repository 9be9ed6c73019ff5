using System.Diagnostics;
using System.Globalization;

namespace ChaosHarness.Toxiproxy.Server;

/// <summary>
/// A server in a process of its own, on a free port of this machine. It ends with this process, however that ends.
/// </summary>
public sealed class ToxiproxyProcess : IAsyncDisposable
{
    /// <summary>How the line begins in which the server says where it answers.</summary>
    internal const string ReadyPrefix = "toxiproxy-server listens on ";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Process _process;

    private ToxiproxyProcess(Process process, Uri url)
    {
        _process = process;
        Url = url;
    }

    /// <summary>Where the API answers.</summary>
    public Uri Url { get; }

    /// <summary>The process's number.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Starts a server.</summary>
    /// <param name="seed">What chance depends on.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <returns>The server, answering.</returns>
    /// <exception cref="InvalidOperationException">It did not start; the message holds what it said.</exception>
    public static async Task<ToxiproxyProcess> StartAsync(long seed = 0, CancellationToken cancellationToken = default)
    {
        var process = Process.Start(Plan(seed)) ?? throw new InvalidOperationException("The server's process did not start.");
        try
        {
            var said = process.StandardError.ReadToEndAsync(CancellationToken.None);
            var line = await ReadyAsync(process, cancellationToken).ConfigureAwait(false);
            if (line is null)
            {
                throw new InvalidOperationException($"The server ended before it answered: {await said.ConfigureAwait(false)}");
            }

            // What it logs later is read away, so that a full pipe never makes it wait.
            _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            return new ToxiproxyProcess(process, new Uri(line[ReadyPrefix.Length..]));
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    /// <summary>Ends it.</summary>
    /// <returns>When it has ended.</returns>
    public async ValueTask DisposeAsync()
    {
        // The end of its input asks it to end.
        _process.StandardInput.Close();
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await _process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static ProcessStartInfo Plan(long seed)
    {
        var assembly = Path.Combine(AppContext.BaseDirectory, typeof(ToxiproxyProcess).Assembly.GetName().Name + ".dll");
        var dotnet = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
        var plan = new ProcessStartInfo(dotnet, ["exec", assembly, "--host", "127.0.0.1", "--port", "0", "--seed", seed.ToString(CultureInfo.InvariantCulture), "--end-with-input"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        plan.Environment["DOTNET_EnableDiagnostics"] = "0";
        plan.Environment["LOG_LEVEL"] = "warn";

        // Its API is for whoever started it, and that one knows no token.
        plan.Environment.Remove("TOXIPROXY_TOKEN");
        return plan;
    }

    private static async Task<string?> ReadyAsync(Process process, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        while (await process.StandardOutput.ReadLineAsync(limit.Token).ConfigureAwait(false) is { } line)
        {
            if (line.StartsWith(ReadyPrefix, StringComparison.Ordinal))
            {
                return line;
            }
        }

        return null;
    }
}
