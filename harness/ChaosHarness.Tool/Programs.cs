using System.ComponentModel;
using System.Diagnostics;

namespace ChaosHarness.Tool;

/// <summary>Other programs of this machine.</summary>
internal static class Programs
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    /// <summary>Where a program is; null when it is not on the PATH.</summary>
    public static string? Find(string name)
    {
        string[] endings = OperatingSystem.IsWindows() ? [".exe", ".cmd"] : [""];
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => endings.Select(ending => Path.Combine(folder, name + ending)))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>Runs a program on this terminal until it ends.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="UsageException">It could not be started.</exception>
    public static async Task<int> RunAsync(ProcessStartInfo start)
    {
        try
        {
            using var process = Process.Start(start)!;
            // An interrupt of the terminal reaches it too: it ends when it has undone what it did.
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            return process.ExitCode;
        }
        catch (Win32Exception exception)
        {
            throw new UsageException($"{start.FileName} could not be started: {exception.Message}");
        }
    }

    /// <summary>Runs a program until it ends; what it writes goes into a file.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="UsageException">It could not be started.</exception>
    public static async Task<int> LogAsync(ProcessStartInfo start, string file)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        try
        {
            using var process = Process.Start(start)!;
            var copied = Task.WhenAll(CopyAsync(process.StandardOutput), CopyAsync(process.StandardError));
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            // What it started may hold its output open for as long as it likes.
            await Task.WhenAny(copied, Task.Delay(LastWords)).ConfigureAwait(false);
            return process.ExitCode;

            // Read to the end whatever becomes of the log: a program whose output nobody reads stands still.
            async Task CopyAsync(StreamReader reader)
            {
                while (await reader.ReadLineAsync(CancellationToken.None).ConfigureAwait(false) is { } line)
                {
                    try
                    {
                        lock (start)
                        {
                            File.AppendAllText(file, line + "\n");
                        }
                    }
                    catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
                    {
                        // It is kept nowhere.
                    }
                }
            }
        }
        catch (Win32Exception exception)
        {
            throw new UsageException($"{start.FileName} could not be started: {exception.Message}");
        }
    }

    /// <summary>Runs a program, and keeps what it writes.</summary>
    public static async Task<(int ExitCode, string Output)> ReadAsync(string program, IEnumerable<string> arguments, string folder, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true })!;
        process.StandardInput.Close();
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            return (process.ExitCode, (await output.ConfigureAwait(false) + await errors.ConfigureAwait(false)).Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
