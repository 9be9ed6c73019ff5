using ArchUnitNET.Loader;

namespace ChaosHarness.Architecture.Tests;

/// <summary>The folders of the core: each may refer to others, and never in a circle.</summary>
public sealed class FolderTests
{
    private const string Root = "ChaosHarness.";

    [Test]
    public void No_folders_of_the_core_refer_to_each_other_in_a_circle()
    {
        var arrows = Arrows();

        Assert.That(arrows, Has.Count.GreaterThan(10));
        Assert.That(arrows["Experiments"], Does.Contain("Histories"), "what is looked at can be seen");
        Assert.That(arrows.Keys.Select(folder => Circle(arrows, [folder])).Where(circle => circle is not null).Select(circle => string.Join(" > ", circle!)), Is.Empty);
    }

    [Test]
    public void A_circle_would_be_found()
    {
        var arrows = new Dictionary<string, HashSet<string>> { ["a"] = ["b"], ["b"] = ["c"], ["c"] = ["a"], ["d"] = ["a"] };

        Assert.That(Circle(arrows, ["a"]), Is.EqualTo(new[] { "a", "b", "c", "a" }));
    }

    private static Dictionary<string, HashSet<string>> Arrows()
    {
        var core = new ArchLoader().LoadAssemblies(typeof(ChaosHarness.Experiments.Experiment).Assembly).Build();
        var arrows = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var type in core.Types)
        {
            if (FolderOf(type.FullName) is not { } from)
            {
                continue;
            }

            arrows.TryAdd(from, []);
            foreach (var to in type.Dependencies.Select(dependency => FolderOf(dependency.Target.FullName)).OfType<string>().Where(to => to != from))
            {
                arrows[from].Add(to);
            }
        }

        return arrows;
    }

    private static string? FolderOf(string type) => type.StartsWith(Root, StringComparison.Ordinal) && type[Root.Length..].Split('.') is [var folder, _, ..] ? folder : null;

    private static IReadOnlyList<string>? Circle(Dictionary<string, HashSet<string>> arrows, IReadOnlyList<string> path)
    {
        foreach (var next in arrows.GetValueOrDefault(path[^1], []).Order(StringComparer.Ordinal))
        {
            if (next == path[0])
            {
                return [.. path, next];
            }

            if (!path.Contains(next) && Circle(arrows, [.. path, next]) is { } circle)
            {
                return circle;
            }
        }

        return null;
    }
}
