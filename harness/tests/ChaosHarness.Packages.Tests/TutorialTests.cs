using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace ChaosHarness.Packages.Tests;

/// <summary>The tutorial, done as it stands: its files are written, its commands run, and what it says they print is looked for.</summary>
[Platform("Linux")]
public sealed partial class TutorialTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateDirectory(Path.Combine(Packed.Feed.Root, "tutorial")).FullName;

    [TearDown]
    public async Task EndServices()
    {
        foreach (var file in Directory.EnumerateFiles(_folder, "*.pid"))
        {
            await Packed.Feed.RunAsync("bash", _folder, ["-c", $"kill -9 $(cat {file}) 2>/dev/null; true"]);
        }
    }

    [Test]
    public async Task It_leads_from_nothing_to_a_drill_that_fails_and_a_system_that_is_mended()
    {
        // Others may be at home on the ports that it names, and the templates come from the packages at hand.
        var text = (await File.ReadAllTextAsync(Path.Combine(Feed.Repository, "docs", "tutorial.md")))
            .Replace("5101", FreePort(), StringComparison.Ordinal)
            .Replace("5102", FreePort(), StringComparison.Ordinal)
            .Replace("dotnet new install ChaosHarness.Templates", $"dotnet new install {Packed.Feed.Files["ChaosHarness.Templates"]} --force", StringComparison.Ordinal);
        var (said, commands, files, checkedLines) = ("", 0, 0, 0);
        foreach (Match block in Block().Matches(text))
        {
            var (kind, content) = (block.Groups["kind"].Value, block.Groups["content"].Value);
            if (block.Groups["file"] is { Success: true } file)
            {
                var path = Path.Combine(_folder, file.Value);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await File.WriteAllTextAsync(path, content);
                files++;
            }
            else if (kind == "sh")
            {
                // What is said to fail has to. Templates are installed for a user: this one is somebody else than those of the other tests.
                var script = block.Groups["fails"].Success ? $"! {{ {content} }}" : "set -e\n" + content;
                said = await Packed.Feed.RunAsync("bash", _folder, ["-c", $"export DOTNET_CLI_HOME='{_folder}/home'\n{script}"]);
                commands++;
            }
            else if (kind == "text")
            {
                foreach (var line in content.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                {
                    Assert.That(said, Does.Match(Number().Replace(Regex.Escape(line), @"[\d.]+(us|ms|s)?")));
                    checkedLines++;
                }
            }
        }

        Assert.That((commands, files, checkedLines), Is.EqualTo((7, 5, 5)), "the whole of it");
    }

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"(?:`(?<file>[\w./]+)`:\n\n)?(?<fails><!-- fails -->\n)?```(?<kind>\w+)(?: file)?\n(?<content>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\d+(\\\.\d+)?(us|ms|s)?")]
    private static partial Regex Number();
}
