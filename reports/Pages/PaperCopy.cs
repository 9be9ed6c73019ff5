using System.Diagnostics;

namespace ChaosHarness.Reports.Pages;

/// <summary>Prints a page to PDF with a browser of this machine.</summary>
internal static class PaperCopy
{
    private const string Variable = "CHAOSHARNESS_CHROMIUM";
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Prints; returns why it could not.</summary>
    public static async Task<string?> PrintAsync(string page, string pdf, CancellationToken cancellationToken)
    {
        if (Find() is not { } browser)
        {
            return $"no Chromium is installed; {Variable} may name one";
        }

        // An empty profile: the reader's own is none of our business, and may be in use.
        var profile = Directory.CreateTempSubdirectory("chaosharness-print-");
        try
        {
            using var process = Start(browser, page, pdf, profile.FullName);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(Patience);
            try
            {
                await Task.WhenAll(process.StandardError.ReadToEndAsync(limit.Token), process.StandardOutput.ReadToEndAsync(limit.Token), process.WaitForExitAsync(limit.Token));
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                cancellationToken.ThrowIfCancellationRequested();
                return $"{browser} did not end within {Patience.TotalSeconds:0} s";
            }

            return process.ExitCode == 0 && File.Exists(pdf) ? null : $"{browser} ended with exit code {process.ExitCode}";
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            return $"{browser} could not be started: {exception.Message}";
        }
        finally
        {
            Remove(profile);
        }
    }

    internal static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
        {
            return given;
        }

        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }

    private static Process Start(string browser, string page, string pdf, string profile) => Process.Start(new ProcessStartInfo(
        browser,
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--user-data-dir=" + profile, "--no-pdf-header-footer", "--print-to-pdf=" + pdf, new Uri(page).AbsoluteUri,
        ])
    {
        RedirectStandardError = true,
        RedirectStandardOutput = true,
    })!;

    // A helper of the browser may hold on to its files a moment longer than the browser lives.
    private static void Remove(DirectoryInfo profile)
    {
        try
        {
            profile.Delete(recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is in the temp folder, and empty of anything that matters.
        }
    }
}
