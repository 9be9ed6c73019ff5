using System.Diagnostics;

namespace ChaosHarness.Tool.Tests.Commands;

/// <summary>The report program as a pipeline runs it: a process with arguments, an exit code and two streams.</summary>
internal static class ChaosProgram
{
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string folder, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "ChaosHarness.Tool.dll"), .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("CHAOSHARNESS_LEDGER");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(90)).Token);
        return (process.ExitCode, await output, await errors);
    }
}
