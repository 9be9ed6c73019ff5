using System.Diagnostics;
using System.IO.Compression;
using System.Text.RegularExpressions;

namespace ChaosHarness.Packages.Tests;

/// <summary>A folder of packages, made from what is built, and how projects outside of this repository restore from it.</summary>
internal sealed partial class Feed : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private Feed(string root)
    {
        Root = root;
        Packages = Path.Combine(root, "feed");
    }

    /// <summary>A folder outside of any repository.</summary>
    public string Root { get; }

    public string Packages { get; }

    public static async Task<Feed> PackAsync()
    {
        var feed = new Feed(Directory.CreateTempSubdirectory("packages-").FullName);
        var solution = Path.Combine(Repository, "ChaosHarness.sln");
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        await feed.DotnetAsync(Repository, "pack", solution, "--no-build", "--configuration", configuration, "--output", feed.Packages, "--nologo", "--verbosity", "quiet");
        // Packages of others come from where they are already: no test asks the internet.
        var others = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        await File.WriteAllTextAsync(Path.Combine(feed.Root, "nuget.config"), $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="these" value="{feed.Packages}" />
                <add key="others" value="{others}" />
              </packageSources>
            </configuration>
            """);
        return feed;
    }

    /// <summary>The folder of this repository.</summary>
    public static string Repository
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "ChaosHarness.sln")))
            {
                folder = folder.Parent!;
            }

            return folder.FullName;
        }
    }

    /// <summary>The packages by their names.</summary>
    public IReadOnlyDictionary<string, string> Files => Directory.EnumerateFiles(Packages, "*.nupkg").ToDictionary(file => NameAndVersion().Match(Path.GetFileName(file)).Groups["name"].Value);

    /// <summary>The version of all of them.</summary>
    public string Version => Directory.EnumerateFiles(Packages, "*.nupkg").Select(file => NameAndVersion().Match(Path.GetFileName(file)).Groups["version"].Value).Distinct().Single();

    public static IReadOnlyDictionary<string, string> Read(string package, params IEnumerable<string> texts)
    {
        using var archive = ZipFile.OpenRead(package);
        return archive.Entries.ToDictionary(entry => entry.FullName, entry => texts.Any(entry.FullName.EndsWith) ? new StreamReader(entry.Open()).ReadToEnd() : "");
    }

    /// <summary>Runs <c>dotnet</c> as on a machine that has none of these packages yet.</summary>
    /// <returns>What it wrote.</returns>
    public Task<string> DotnetAsync(string folder, params IEnumerable<string> arguments) => RunAsync("dotnet", folder, arguments);

    public async Task<string> RunAsync(string program, string folder, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        if (!arguments.Contains("pack"))
        {
            start.Environment["NUGET_PACKAGES"] = Path.Combine(Root, "cache");
            start.Environment["DOTNET_CLI_HOME"] = Root;
        }

        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment.Remove("CHAOSHARNESS_LEDGER");
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

        var said = await output + await errors;
        Assert.That(process.ExitCode, Is.Zero, $"{program} {string.Join(' ', arguments)}\n{said}");
        return said;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    [GeneratedRegex(@"^(?<name>.+?)\.(?<version>\d+\.\d+\.\d+.*)\.nupkg$")]
    private static partial Regex NameAndVersion();
}
