using System.Diagnostics;
using ChaosHarness.Tool.Tests.Commands;

namespace ChaosHarness.Tool.Tests.Drills;

/// <summary>A folder that test sessions take for a checkout, with the built assembly of experiments that others run, and nothing else.</summary>
internal sealed class Checkout : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);
    private readonly string _folder = Directory.CreateTempSubdirectory("checkout-").FullName;

    public Checkout()
    {
        // Where the session looks for what is to be beside it.
        File.WriteAllText(Path.Combine(_folder, "Checkout.sln"), "");
        // That of this build: bin/CONFIGURATION/FRAMEWORK.
        var built = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "Drilled"));
        var from = Path.Combine(built, Path.GetRelativePath(Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..")), AppContext.BaseDirectory));
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(_folder, "bin", Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }
    }

    /// <summary>The names of the sessions that left results.</summary>
    public IEnumerable<string?> Sessions => Directory.EnumerateDirectories(Path.Combine(_folder, "artifacts", "sessions")).Select(Path.GetFileName);

    /// <summary>How many journals wait for the ledger, whichever session left them.</summary>
    public int Journals => Directory.EnumerateFiles(Path.Combine(_folder, "artifacts", "journals"), "*.journal.json").Count();

    /// <summary>Runs <c>dotnet test</c>, as a drill does.</summary>
    /// <param name="session">What names the session.</param>
    /// <param name="category">Which experiments.</param>
    /// <param name="parameters">The parameters of the profile.</param>
    /// <returns>Its exit code, and what it wrote.</returns>
    public async Task<(int ExitCode, string Output)> TestAsync(string session, string category, params IEnumerable<(string Name, string Value)> parameters)
    {
        var settings = Path.Combine(_folder, session + ".runsettings");
        IEnumerable<(string Name, string Value)> all = [("Chaos.FaultJournalFolder", "faults"), .. parameters];
        await File.WriteAllTextAsync(settings, $"<RunSettings><TestRunParameters>{string.Concat(all.Select(parameter => $"<Parameter name=\"{parameter.Name}\" value=\"{parameter.Value}\" />"))}</TestRunParameters></RunSettings>");
        var start = new ProcessStartInfo("dotnet", ["test", Path.Combine(_folder, "bin", "Drilled.dll"), "--nologo", "--settings", settings, "--filter", $"TestCategory={category}"])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["CHAOSHARNESS_SESSION"] = session;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            await process.WaitForExitAsync(new CancellationTokenSource(Limit).Token);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }

        return (process.ExitCode, await output + await errors);
    }

    /// <summary>Prints the closing table of a session.</summary>
    public Task<(int ExitCode, string Output, string Errors)> TableAsync(string session) =>
        ChaosProgram.RunAsync(_folder, "summary", "--results", Path.Combine(_folder, "artifacts", "sessions", session, "allure-results"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
