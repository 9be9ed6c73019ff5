using System.Diagnostics;
using System.Globalization;
using ChaosHarness.Live;
using ChaosHarness.Safety;

namespace ChaosHarness.Tool.Drills;

/// <summary>One session of <c>dotnet test</c>: what it leaves is its own, so that another one in the same checkout neither removes nor counts it.</summary>
internal sealed class DrillSession
{
    private const string Ours = ".drill";
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
        var session = new DrillSession(workspace, Directory.CreateDirectory(Path.Combine(workspace.Sessions, name)).FullName);
        File.WriteAllText(Path.Combine(session.Folder, Ours), "");
        return session;
    }

    /// <summary>The session that ended last, a drill or a plain <c>dotnet test</c>; null when there was none.</summary>
    public static DrillSession? Last(Workspace workspace) => Ended(workspace).FirstOrDefault();

    /// <summary>What the tests printed, when they were shown in another way.</summary>
    public string Log => Path.Combine(Folder, "drill.log");

    /// <summary>The order to halt for this session alone.</summary>
    public string HaltFile => Path.Combine(Folder, HaltOrder.FileName);

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
        foreach (var old in Ended(_workspace).Skip(Kept))
        {
            Directory.Delete(old.Folder, recursive: true);
        }
    }

    private static List<DrillSession> Ended(Workspace workspace) => !Directory.Exists(workspace.Sessions) ? []
        : [.. Directory.EnumerateDirectories(workspace.Sessions).Select(folder => new DrillSession(workspace, folder)).Where(session => session.EndedAt is not null).OrderByDescending(session => session.EndedAt)];

    // A drill says when it is over. A plain `dotnet test` says nothing: its last result may be the last.
    private DateTime? EndedAt => File.Exists(Path.Combine(Folder, Over)) ? File.GetLastWriteTimeUtc(Path.Combine(Folder, Over))
        : File.Exists(Path.Combine(Folder, Ours)) || !HasResults ? null
        : Directory.EnumerateFiles(AllureResults, "*-result.json").Max(File.GetLastWriteTimeUtc);

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
