using System.Diagnostics;

namespace ChaosHarness.Tool.Tests.Commands;

/// <summary>The report program as a pipeline runs it: a process with arguments, an exit code and two streams.</summary>
internal static class ChaosProgram
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string folder, params IEnumerable<string> arguments)
    {
        using var process = Start(folder, arguments);
        return await EndAsync(process);
    }

    /// <summary>Runs it where other programs are found first in a folder.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunBesideAsync(string programs, string folder, params IEnumerable<string> arguments)
    {
        using var process = Start(folder, arguments, programs);
        return await EndAsync(process);
    }

    /// <summary>Interrupts it as a terminal does, once there is a file that says that it has begun.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> InterruptAsync(string folder, string begun, string signal, params IEnumerable<string> arguments)
    {
        using var process = Start(folder, arguments);
        using var patience = new CancellationTokenSource(Limit);
        while (!File.Exists(Path.Combine(folder, begun)))
        {
            await Task.Delay(50, patience.Token);
        }

        using var kill = Process.Start("kill", ["-" + signal, process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        return await EndAsync(process);
    }

    private static Process Start(string folder, IEnumerable<string> arguments, string? programs = null)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "ChaosHarness.Tool.dll"), .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("CHAOSHARNESS_LEDGER");
        start.Environment["PATH"] = programs is null ? start.Environment["PATH"] : $"{programs}{Path.PathSeparator}{start.Environment["PATH"]}";
        return Process.Start(start)!;
    }

    private static async Task<(int ExitCode, string Output, string Errors)> EndAsync(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync(new CancellationTokenSource(Limit).Token);
        return (process.ExitCode, await output, await errors);
    }
}
