using System.Diagnostics;

namespace ChaosHarness.Tool.Tests.Commands;

/// <summary>The report program as a pipeline runs it: a process with arguments, an exit code and two streams.</summary>
internal static class ChaosProgram
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    public static Task<(int ExitCode, string Output, string Errors)> RunAsync(string folder, params IEnumerable<string> arguments) => RunAsync(folder, new Dictionary<string, string>(), arguments);

    /// <summary>Runs it with variables of the environment.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string folder, IReadOnlyDictionary<string, string> variables, params IEnumerable<string> arguments)
    {
        using var process = Start(folder, arguments, variables);
        return await EndAsync(process);
    }

    /// <summary>Runs it where other programs are found first in a folder.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunBesideAsync(string programs, string folder, params IEnumerable<string> arguments)
    {
        using var process = Start(folder, arguments, new Dictionary<string, string> { ["PATH"] = $"{programs}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}" });
        return await EndAsync(process);
    }

    /// <summary>Interrupts it as a terminal does, once there is a file that says that it has begun.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> InterruptAsync(string folder, string begun, string signal, params IEnumerable<string> arguments)
    {
        using var process = Start(folder, arguments, new Dictionary<string, string>());
        using var patience = new CancellationTokenSource(Limit);
        while (!File.Exists(Path.Combine(folder, begun)))
        {
            await Task.Delay(50, patience.Token);
        }

        using var kill = Process.Start("kill", ["-" + signal, process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        return await EndAsync(process);
    }

    private static Process Start(string folder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> variables)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "ChaosHarness.Tool.dll"), .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("CHAOSHARNESS_LEDGER");
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

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
