using System.Diagnostics;
using System.Globalization;
using ChaosHarness.Live;

namespace ChaosHarness.Tool.Drills;

/// <summary>One session of <c>dotnet test</c>: what it leaves is its own, so that another one in the same checkout neither removes nor counts it.</summary>
internal sealed class DrillSession
{
    private const string Over = ".over";
    private const int Kept = 10;
    private static readonly string[] Published = ["allure-results", "test-results", "report"];
    private readonly Workspace _workspace;

    private DrillSession(Workspace workspace, string folder)
    {
        _workspace = workspace;
        Folder = folder;
    }

    /// <summary>What it leaves.</summary>
    public string Folder { get; }

    public string AllureResults => Path.Combine(Folder, "allure-results");

    public string Site => Path.Combine(Folder, "report");

    private string TestResults => Path.Combine(Folder, "test-results");

    private string Name => Path.GetFileName(Folder);

    public static DrillSession Begin(Workspace workspace)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyyMMdd-HHmmss}-{Environment.ProcessId}");
        return new DrillSession(workspace, Directory.CreateDirectory(Path.Combine(workspace.Sessions, name)).FullName);
    }

    /// <summary>The session that ended last; null when there was none.</summary>
    public static DrillSession? Last(Workspace workspace)
    {
        var mark = Path.Combine(workspace.Sessions, ".last");
        var name = File.Exists(mark) ? Path.GetFileName(File.ReadAllText(mark).Trim()) : "";
        var folder = Path.Combine(workspace.Sessions, name);
        return name.Length > 0 && Directory.Exists(folder) ? new DrillSession(workspace, folder) : null;
    }

    /// <summary>What the tests printed, when they were shown in another way.</summary>
    public string Log => Path.Combine(Folder, "drill.log");

    /// <summary>What the tests tell while they run.</summary>
    public string Feed => Path.Combine(Folder, "live.jsonl");

    /// <summary>Whether anything at all came to have a result.</summary>
    public bool HasResults => Directory.Exists(AllureResults) && Directory.EnumerateFiles(AllureResults, "*-result.json").Any();

    /// <summary>Runs the experiments, and lets them print what they print.</summary>
    /// <returns>The exit code of <c>dotnet test</c>.</returns>
    public Task<int> TestAsync(TestProject project, string settings, IEnumerable<string> more) => Programs.RunAsync(Start(project, settings, Console.IsOutputRedirected, more));

    /// <summary>Runs the experiments; what they print goes into a log, and what they tell into a feed.</summary>
    /// <returns>The exit code of <c>dotnet test</c>.</returns>
    public Task<int> TestUnseenAsync(TestProject project, string settings, IEnumerable<string> more)
    {
        var start = Start(project, settings, isPiped: true, more);
        start.Environment[LiveFeed.Variable] = Feed;
        return Programs.LogAsync(start, Log);
    }

    /// <summary>Copies what it left to where pipelines and people look for it, and forgets all but the latest sessions that are over.</summary>
    public void Publish()
    {
        // The page of the report leads to them, also where nothing but the report is served.
        foreach (var results in Directory.Exists(TestResults) ? Directory.EnumerateFiles(TestResults, "*.trx") : [])
        {
            Directory.CreateDirectory(Site);
            File.Copy(results, Path.Combine(Site, Path.GetFileName(results)), overwrite: true);
        }

        foreach (var part in Published)
        {
            var to = Path.Combine(_workspace.Artifacts, part);
            if (Directory.Exists(to))
            {
                Directory.Delete(to, recursive: true);
            }

            Copy(Path.Combine(Folder, part), to);
        }

        File.WriteAllText(Path.Combine(Folder, Over), "");
        File.WriteAllText(Path.Combine(_workspace.Sessions, ".last"), Name);
        var over = new DirectoryInfo(_workspace.Sessions).EnumerateDirectories().Where(session => File.Exists(Path.Combine(session.FullName, Over)));
        foreach (var old in over.OrderByDescending(session => File.GetLastWriteTimeUtc(Path.Combine(session.FullName, Over))).Skip(Kept).ToList())
        {
            old.Delete(recursive: true);
        }
    }

    private ProcessStartInfo Start(TestProject project, string settings, bool isPiped, IEnumerable<string> more)
    {
        var start = new ProcessStartInfo("dotnet", project.Arguments(settings, TestResults, isPiped, more)) { WorkingDirectory = _workspace.Folder };
        start.Environment["CHAOSHARNESS_SESSION"] = Name;
        return start;
    }

    private static void Copy(string from, string to)
    {
        if (!Directory.Exists(from))
        {
            return;
        }

        Directory.CreateDirectory(to);
        foreach (var folder in Directory.EnumerateDirectories(from))
        {
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
        }

        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }
}
