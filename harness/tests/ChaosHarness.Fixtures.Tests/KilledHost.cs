using System.Diagnostics;

namespace ChaosHarness.Fixtures.Tests;

/// <summary>The test program that is killed in the middle of things.</summary>
internal sealed class KilledHost : IDisposable
{
    private readonly Process _process;

    public KilledHost(params IEnumerable<string> arguments)
        : this([], arguments)
    {
    }

    /// <param name="through">The command that starts it.</param>
    /// <param name="arguments">What it is to do.</param>
    public KilledHost(IReadOnlyList<string> through, params IEnumerable<string> arguments)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "KilledHost.dll");
        // Whoever runs the tests may ignore signals, as a shell lets its background jobs do; a program that inherits that never sees them.
        string[] command = [.. through, "env", "--default-signal=HUP,INT,TERM", "dotnet", "exec", path, .. arguments];
        _process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardInput = true })!;
    }

    public int Id => _process.Id;

    public int ExitCode => _process.ExitCode;

    /// <summary>What it says next.</summary>
    /// <param name="seconds">How long that may take: what brings a system up first takes its time on a busy machine.</param>
    public async Task<string?> ReadLineAsync(int seconds = 60) => await _process.StandardOutput.ReadLineAsync(Limit(seconds));

    public void Kill() => _process.Kill();

    public Task EndedAsync() => _process.WaitForExitAsync(Limit());

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static CancellationToken Limit(int seconds = 60) => new CancellationTokenSource(TimeSpan.FromSeconds(seconds)).Token;
}
