using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using ChaosHarness.Timing;

namespace ChaosHarness.GameDay.Termination;

/// <summary>What programs write, for those that ask them something.</summary>
internal static class ProgramOutput
{
    private const int MostCharacters = 1 << 20;
    private const int MostTold = 300;
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    /// <summary>Runs a program to its end, and gives the lines that it wrote to its output.</summary>
    /// <exception cref="InvalidOperationException">It could not be started, took too long, wrote without end, or ended with another code than 0; says what it wrote last.</exception>
    public static async Task<IReadOnlyList<string>> ReadAsync(IReadOnlyList<string> call, TimeSpan patience, CancellationToken cancellationToken)
    {
        var name = string.Join(' ', call);
        using var process = Start(call, name);
        process.StandardInput.Close();
        var (output, errors) = (new StringBuilder(), new StringBuilder());
        var read = Task.WhenAll(ReadAsync(process.StandardOutput, output), ReadAsync(process.StandardError, errors));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        try
        {
            await process.WaitForExitAsync(limit.Token).WaitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            throw new InvalidOperationException($"'{name}' was ended after {DurationText.Format(patience)}");
        }

        // What it started in the background may hold its output open for as long as it likes.
        await Task.WhenAny(read, Task.Delay(LastWords, CancellationToken.None)).ConfigureAwait(false);
        var (said, complained) = (Text(output), Text(errors));
        return process.ExitCode != 0 ? throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"'{name}' ended with exit code {process.ExitCode}{Told(complained.Length > 0 ? complained : said)}"))
            : said.Length > MostCharacters ? throw new InvalidOperationException($"'{name}' wrote more than anybody reads")
            : said.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }

    private static Process Start(IReadOnlyList<string> call, string name)
    {
        var start = new ProcessStartInfo(call[0], call.Skip(1)) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new InvalidOperationException($"'{name}' could not be started: {exception.Message}", exception);
        }
    }

    private static async Task ReadAsync(StreamReader reader, StringBuilder text)
    {
        var buffer = new char[4096];
        while (await reader.ReadAsync(buffer).ConfigureAwait(false) is var count and > 0)
        {
            lock (text)
            {
                // Read to its end whatever it writes: one that nobody reads stands still.
                text.Append(buffer, 0, text.Length > MostCharacters ? 0 : count);
            }
        }
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }

    private static string Told(string text) => text.Trim() is { Length: > 0 } words ? $": {Safety.TerminalText.Of(words.Length > MostTold ? words[^MostTold..] : words)}" : "";
}
