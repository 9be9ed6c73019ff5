using System.Diagnostics;

namespace ChaosHarness.Tool.Tests;

/// <summary>The script of this checkout, with a <c>dotnet</c> that only writes down what it was asked for.</summary>
[Platform("Linux")]
public sealed class RunScriptTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("run-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Packages_are_a_source_all_the_while_new_ones_are_packed()
    {
        var packages = Directory.CreateDirectory(Path.Combine(_folder, "artifacts", "packages")).FullName;
        await File.WriteAllTextAsync(Path.Combine(packages, "Old.0.1.0.nupkg"), "");

        var (exitCode, output) = await RunAsync("""
            [ "$1" = --list-sdks ] && { echo 10.0.100; exit; }
            [ -e artifacts/packages/Old.0.1.0.nupkg ] || exit 7
            while [ "$1" != --output ]; do shift; done
            mkdir -p "$2" && touch "$2/New.0.1.0.nupkg"
            """, "pack");

        Assert.That(exitCode, Is.Zero, output);
        Assert.That(Directory.EnumerateFileSystemEntries(packages).Select(Path.GetFileName), Is.EqualTo(new[] { "New.0.1.0.nupkg" }));
    }

    [Test]
    public async Task What_cannot_be_packed_leaves_the_packages_there_are()
    {
        var packages = Directory.CreateDirectory(Path.Combine(_folder, "artifacts", "packages")).FullName;
        await File.WriteAllTextAsync(Path.Combine(packages, "Old.0.1.0.nupkg"), "");

        var (exitCode, _) = await RunAsync("""[ "$1" = --list-sdks ] && echo 10.0.100""", "pack");

        Assert.That(exitCode, Is.Not.Zero);
        Assert.That(Directory.EnumerateFileSystemEntries(packages).Select(Path.GetFileName), Is.EqualTo(new[] { "Old.0.1.0.nupkg" }));
    }

    [TestCase("go")]
    [TestCase("note")]
    [TestCase("decided")]
    [TestCase("acted")]
    [TestCase("board")]
    [TestCase("monkey")]
    [TestCase("init")]
    public async Task What_people_say_in_a_drill_reaches_the_command(string command)
    {
        var (exitCode, output) = await RunAsync("""
            [ "$1" = --list-sdks ] && { echo 10.0.100; exit; }
            case $1 in *ChaosHarness.Tool.dll) echo "asked for ${@:2}" ;; esac
            """, command);

        Assert.That(exitCode, Is.Zero, output);
        Assert.That(output, Does.Contain($"asked for {command}\n"));
    }

    private async Task<(int ExitCode, string Output)> RunAsync(string dotnet, string command)
    {
        var at = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(at, "run")))
        {
            at = Path.GetDirectoryName(at)!;
        }

        File.Copy(Path.Combine(at, "run"), Path.Combine(_folder, "run"));
        var programs = await FakeProgram.WriteAsync(_folder, "dotnet", dotnet);
        var start = new ProcessStartInfo("bash", [Path.Combine(_folder, "run"), command]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = $"{programs}:{start.Environment["PATH"]}";
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
