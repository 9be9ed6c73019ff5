using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace ChaosHarness.Tool.Commands;

/// <summary>Serves the report on the loopback, as browsers keep pages from files from much that they let served ones do.</summary>
internal static class OpenCommand
{
    public static Command Create()
    {
        var port = new Option<int>("--port") { Description = "The port on the loopback; 0 for any free one.", DefaultValueFactory = _ => 0 };
        var quiet = new Option<bool>("--no-browser") { Description = "Print the address, and open no browser." };
        var command = new Command("open", "Serves the report on this machine until it is interrupted, and opens it in a browser.") { port, quiet };
        command.SetAction((parsed, cancellationToken) => ServeAsync(parsed.GetValue(port), opens: !parsed.GetValue(quiet), cancellationToken));
        return command;
    }

    private static async Task<int> ServeAsync(int port, bool opens, CancellationToken cancellationToken)
    {
        var report = Workspace.Current.Report;
        string[] pages = ["index.html", "scorecard.html"];
        if (pages.FirstOrDefault(page => File.Exists(Path.Combine(report, page))) is not { } first)
        {
            throw new UsageException($"There is no report in {report}. `chaos drill` makes one, and `chaos report` makes it again.");
        }

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, port));
        await using var server = builder.Build();
        server.UseFileServer(new FileServerOptions { FileProvider = new PhysicalFileProvider(report) });
        await server.StartAsync(cancellationToken).ConfigureAwait(false);
        var address = $"{server.Urls.First()}/{first}";
        Console.WriteLine($"Report: {address}");
        if (opens)
        {
            Open(address);
        }

        await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return ExitCodes.Done;
    }

    private static void Open(string address)
    {
        var opener = OperatingSystem.IsMacOS() ? "open" : Programs.Find("xdg-open");
        try
        {
            using var _ = OperatingSystem.IsWindows() ? Process.Start(new ProcessStartInfo(address) { UseShellExecute = true })
                : opener is null ? null
                : Process.Start(new ProcessStartInfo(opener, [address]) { RedirectStandardError = true });
        }
        catch (Win32Exception)
        {
            // The address stands on the console.
        }
    }
}
