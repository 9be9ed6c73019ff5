using System.Diagnostics;
using System.Globalization;

namespace ChaosHarness.Probes;

/// <summary>Runs a program; exit code 0 is good. A program that is still running at the time-out is killed.</summary>
/// <param name="Name">What the signal is called in records.</param>
/// <param name="Program">The program, by path or found on PATH; no shell is involved.</param>
/// <param name="Arguments">Its arguments, passed on as they are.</param>
public sealed record CommandProbe(string Name, string Program, IReadOnlyList<string> Arguments) : Probe(Name)
{
    /// <inheritdoc/>
    public override async ValueTask<ProbeSample> SampleAsync(CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Program, Arguments) { RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"'{Program}' did not start.");
        process.StandardInput.Close();
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return process.ExitCode == 0
            ? ProbeSample.Good
            : ProbeSample.Bad("exit code " + process.ExitCode.ToString(CultureInfo.InvariantCulture));
    }
}
