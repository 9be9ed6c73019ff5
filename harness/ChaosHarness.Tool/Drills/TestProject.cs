using System.Text.Json;

namespace ChaosHarness.Tool.Drills;

/// <summary>A project of experiments, and how <c>dotnet test</c> wants to be asked for it.</summary>
internal sealed record TestProject(string Path)
{
    private const int Depth = 3;
    private static readonly string[] NotLookedInto = ["bin", "obj", "node_modules", "artifacts", ".git"];

    /// <summary>The project that was named, or the only one there is.</summary>
    /// <exception cref="UsageException">There is none, or there are several.</exception>
    public static TestProject Find(Workspace workspace, string? named)
    {
        if (named is not null)
        {
            var path = System.IO.Path.GetFullPath(named);
            return File.Exists(path) && IsOfExperiments(path) ? new TestProject(path)
                : File.Exists(path) ? throw new UsageException($"{named} is no project of experiments: it does not refer to ChaosHarness.NUnit, or is no project of tests.")
                : Directory.Exists(path) ? Only(ProjectsIn(path, deep: false), $"in {named}")
                : throw new UsageException($"There is no project {named}.");
        }

        // Whoever stands in a project means that.
        var here = ProjectsIn(Environment.CurrentDirectory, deep: false);
        return here.Count > 0 ? Only(here, "here") : Only(ProjectsIn(workspace.Folder, deep: true), $"in {workspace.Folder}");
    }

    /// <summary>The projects of experiments a few folders below one at most.</summary>
    public static IReadOnlyList<string> Below(string folder)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = Depth, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };
        return [.. Directory.EnumerateFiles(folder, "*.*proj", options).Where(project => !System.IO.Path.GetRelativePath(folder, project).Split(System.IO.Path.DirectorySeparatorChar).Any(NotLookedInto.Contains) && IsOfExperiments(project))];
    }

    /// <summary>Whether the project runs under Microsoft.Testing.Platform: then the arguments are others.</summary>
    public bool IsOnTestingPlatform
    {
        get
        {
            for (var folder = new DirectoryInfo(System.IO.Path.GetDirectoryName(Path)!); folder is not null; folder = folder.Parent)
            {
                var settings = System.IO.Path.Combine(folder.FullName, "global.json");
                if (File.Exists(settings))
                {
                    return Runner(settings) == "Microsoft.Testing.Platform";
                }
            }

            return false;
        }
    }

    /// <summary>The arguments of <c>dotnet test</c> for a session.</summary>
    /// <param name="settings">The profile.</param>
    /// <param name="results">Where reports of tests go.</param>
    /// <param name="isPiped">Whether it writes into a pipe or a file: what experiments say while they run is shown there on request only.</param>
    /// <param name="more">More arguments.</param>
    public IReadOnlyList<string> Arguments(string settings, string results, bool isPiped, IEnumerable<string> more)
    {
        var text = File.ReadAllText(Path);
        if (IsOnTestingPlatform)
        {
            string[] report = text.Contains("Microsoft.Testing.Extensions.TrxReport", StringComparison.Ordinal) ? ["--report-trx", "--report-trx-filename", "drill.trx"] : [];
            return ["test", "--project", Path, "--no-build", "--settings", settings, "--results-directory", results, .. report, .. more];
        }

        string[] junit = text.Contains("JunitXml.TestLogger", StringComparison.OrdinalIgnoreCase) ? ["--logger", "junit;LogFileName=drill.junit.xml"] : [];
        string[] live = isPiped ? ["--logger", "console;verbosity=normal"] : [];
        return ["test", Path, "--no-build", "--nologo", "--settings", settings, "--results-directory", results, "--logger", "trx;LogFileName=drill.trx", .. junit, .. live, .. more];
    }

    private static string? Runner(string settings)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(settings), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return json.RootElement.TryGetProperty("test", out var test) && test.TryGetProperty("runner", out var runner) ? runner.GetString() : null;
        }
        catch (JsonException)
        {
            // The SDK will say so in its own words.
            return null;
        }
    }

    private static TestProject Only(IReadOnlyList<string> projects, string where) => projects switch
    {
        [var project] => new TestProject(project),
        [] => throw new UsageException($"There is no project of experiments {where}: none refers to ChaosHarness.NUnit. Name one with --project."),
        _ => throw new UsageException($"There are several projects of experiments {where}; name one with --project:{string.Concat(projects.Select(project => $"\n  {Workspace.Shown(project)}"))}"),
    };

    private static List<string> ProjectsIn(string folder, bool deep)
    {
        var found = Directory.EnumerateFiles(folder, "*.*proj").Where(IsOfExperiments).ToList();
        if (deep)
        {
            found.AddRange(Directory.EnumerateDirectories(folder)
                .Where(inner => !NotLookedInto.Contains(System.IO.Path.GetFileName(inner)) && new DirectoryInfo(inner).LinkTarget is null && !Directory.Exists(System.IO.Path.Combine(inner, ".template.config")))
                .SelectMany(inner => ProjectsIn(inner, deep: true)));
        }

        found.Sort(StringComparer.Ordinal);
        return found;
    }

    private static bool IsOfExperiments(string project)
    {
        var text = File.ReadAllText(project);
        return text.Contains("ChaosHarness.NUnit", StringComparison.Ordinal) && (text.Contains("Microsoft.NET.Test.Sdk", StringComparison.OrdinalIgnoreCase) || text.Contains("EnableNUnitRunner", StringComparison.OrdinalIgnoreCase));
    }
}
