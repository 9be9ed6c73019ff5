using System.Reflection;

namespace ChaosHarness.Packages.Tests;

/// <summary>The core without NUnit: in a program, and in tests of other frameworks.</summary>
public sealed class WithoutNUnitTests
{
    [TestCase("Console", "Passed: recovered within 20s: ")]
    [TestCase("XUnit", "")]
    [TestCase("MSTest", "")]
    public async Task An_experiment_runs_and_leaves_its_journal(string kind, string said)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Packed.Feed.Root, "without-" + kind)).FullName;
        foreach (var file in new[] { "Shop.cs.txt", $"{kind}.cs.txt", $"{kind}.csproj.txt" })
        {
            var text = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Others", file));
            await File.WriteAllTextAsync(Path.Combine(folder, Path.GetFileNameWithoutExtension(file)), text
                .Replace("$VERSION", Packed.Feed.Version, StringComparison.Ordinal)
                .Replace("$XUNIT", Version("xunit.v3"), StringComparison.Ordinal)
                .Replace("$MSTEST", Version("MSTest.TestFramework"), StringComparison.Ordinal));
        }

        Assert.That(await Packed.Feed.DotnetAsync(folder, "run", "--project", folder), Does.Contain(said));
        var journals = Directory.EnumerateFiles(folder, "*.journal.json", SearchOption.AllDirectories).ToList();
        Assert.That(journals, Has.Exactly(1).Items);
        Assert.That(await File.ReadAllTextAsync(journals[0]), Does.Not.Contain("watchdog"), "it had one, or the run would say why not");
    }

    // Those that this project was restored with: a test asks nobody for others.
    private static string Version(string package) => typeof(WithoutNUnitTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == package).Value!;
}
