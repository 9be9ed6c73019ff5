using System.Text.RegularExpressions;

namespace ChaosHarness.Packages.Tests;

/// <summary>The packages as a team has them: in a project outside of this repository, restored into a cache that knows none of them.</summary>
public sealed partial class ConsumerTests
{
    [Test]
    public void Every_package_says_what_it_is_and_under_which_licence()
    {
        Assert.That(Packed.Feed.Files.Keys, Is.SupersetOf(new[]
        {
            "ChaosHarness", "ChaosHarness.NUnit", "ChaosHarness.Allure", "ChaosHarness.Ledger", "ChaosHarness.Telemetry", "ChaosHarness.Toxiproxy",
            "ChaosHarness.Toxiproxy.Server", "ChaosHarness.Aws", "ChaosHarness.LocalCloud", "ChaosHarness.SystemFiles", "ChaosHarness.Recovery", "ChaosHarness.Processes", "ChaosHarness.Aspire", "ChaosHarness.Containers", "ChaosHarness.Tool", "ChaosHarness.Templates",
        }));
        foreach (var (name, file) in Packed.Feed.Files)
        {
            var content = Feed.Read(file, ".nuspec", "README.md");
            Assert.That(content.Keys, Is.SupersetOf(new[] { "README.md", "icon.png" }), name);
            Assert.That(content["README.md"], Does.StartWith($"# {name}").And.Contain(".NET 10"), name);
            var specification = content[$"{name}.nuspec"];
            Assert.That(specification, Does.Contain("<license type=\"expression\">MIT</license>").And.Contain("<authors>ChaosHarness contributors</authors>").And.Contain("<icon>icon.png</icon>").And.Contain("<readme>README.md</readme>"), name);
            Assert.That(Description().Match(specification).Groups[1].Value, Has.Length.GreaterThan(20), name);
        }
    }

    [Test]
    public void Libraries_come_with_symbols_and_documentation()
    {
        foreach (var (name, file) in Packed.Feed.Files.Where(file => file.Key is not "ChaosHarness.Tool" and not "ChaosHarness.Templates"))
        {
            Assert.That(Feed.Read(file).Keys, Is.SupersetOf(new[] { $"lib/net10.0/{name}.dll", $"lib/net10.0/{name}.xml" }), name);
            Assert.That(Feed.Read(Path.ChangeExtension(file, ".snupkg")).Keys, Does.Contain($"lib/net10.0/{name}.pdb"), name);
        }
    }

    [OneTimeSetUp]
    public Task InstallTheTool() => Packed.Feed.DotnetAsync(Packed.Feed.Root, "tool", "install", "ChaosHarness.Tool", "--tool-path", Path.Combine(Packed.Feed.Root, "tools"), "--version", Packed.Feed.Version);

    [Test]
    public async Task A_project_of_a_team_runs_experiments_and_the_tool_reports_on_them()
    {
        var shop = await ProjectAsync("shop");

        var said = await Packed.Feed.RunAsync(Chaos, shop, ["drill", "--no-allure"]);

        Assert.That(said, Does.Contain("Experiments: 1 of 1 passed."));
        Assert.That(Directory.EnumerateFiles(Path.Combine(shop, "artifacts", "allure-results"), "*-result.json"), Is.Not.Empty);
        Assert.That(Path.Combine(shop, "artifacts", "history", "ledger.db"), Does.Exist);
        Assert.That(Path.Combine(shop, "artifacts", "report", "scorecard.html"), Does.Exist);
        var journal = await File.ReadAllTextAsync(Directory.EnumerateFiles(Path.Combine(shop, "artifacts", "journals"), "*.journal.json").Single());
        Assert.That(journal, Does.Contain("\"Passed\"").And.Not.Contain("watchdog"), "it had one, or the run would say why not");
        Assert.That(await Packed.Feed.RunAsync(Chaos, shop, ["gate"]), Does.Contain("Gate: 0 of 1 series"));
    }

    // In a terminal of its own: there the platform, which shows nothing of a test while it runs, is watched through the feed.
    [Test, Platform("Linux")]
    public async Task The_same_project_is_watched_live_under_the_testing_platform()
    {
        var shop = await ProjectAsync("shop-on-platform", "<OutputType>Exe</OutputType><EnableNUnitRunner>true</EnableNUnitRunner>");
        await File.WriteAllTextAsync(Path.Combine(shop, "global.json"), """{ "test": { "runner": "Microsoft.Testing.Platform" } }""");

        var shown = await Packed.Feed.RunAsync("script", shop, ["-qefc", $"stty cols 100 rows 40; TERM=xterm '{Chaos}' drill --no-allure", "/dev/null"]);

        Assert.That(shown, Does.Contain("experiment 1"), "the live view");
        Assert.That(shown, Does.Contain("Experiments: 1 of 1 passed."), "the closing table");
        Assert.That(Directory.EnumerateFiles(Path.Combine(shop, "artifacts", "allure-results"), "*-result.json"), Is.Not.Empty);
    }

    private static string Chaos => Path.Combine(Packed.Feed.Root, "tools", OperatingSystem.IsWindows() ? "chaos.exe" : "chaos");

    private static async Task<string> ProjectAsync(string name, string properties = "")
    {
        var shop = Directory.CreateDirectory(Path.Combine(Packed.Feed.Root, name)).FullName;
        var from = Path.Combine(AppContext.BaseDirectory, "Consumer");
        foreach (var file in Directory.EnumerateFiles(from, "*.txt"))
        {
            var text = await File.ReadAllTextAsync(file);
            await File.WriteAllTextAsync(
                Path.Combine(shop, Path.GetFileNameWithoutExtension(file)),
                text.Replace("$VERSION", Packed.Feed.Version, StringComparison.Ordinal).Replace("<ImplicitUsings>", properties + "<ImplicitUsings>", StringComparison.Ordinal));
        }

        Directory.CreateDirectory(Path.Combine(shop, "runsettings"));
        await File.WriteAllTextAsync(Path.Combine(shop, "runsettings", "nightly.runsettings"), """
            <RunSettings><TestRunParameters>
              <Parameter name="Chaos.FaultJournalFolder" value="artifacts/faults" /><Parameter name="Chaos.MaximumTargetShare" value="1" />
            </TestRunParameters></RunSettings>
            """);
        return shop;
    }

    [GeneratedRegex("<description>(.*)</description>")]
    private static partial Regex Description();
}
