using System.Diagnostics;
using System.Globalization;
using ChaosHarness.Experiments;
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

    /// <summary>Whether it was to leave reports of tests, as a drill is and a plain <c>dotnet test</c> is not.</summary>
    public bool ReportsTests { get; private set; }

    // Of tests that go on, or never came to their end.
    private IEnumerable<string> Begun => Directory.Exists(AllureResults) ? Directory.EnumerateFiles(AllureResults, "*" + BegunTest.Suffix) : [];

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

    /// <summary>Puts the reports of tests beside the pages that lead to them, also where nothing but the report is served.</summary>
    public void CollectTests()
    {
        foreach (var results in Directory.Exists(TestResults) ? Directory.EnumerateFiles(TestResults, "*.trx") : [])
        {
            Directory.CreateDirectory(Site);
            File.Copy(results, Path.Combine(Site, Path.GetFileName(results)), overwrite: true);
        }
    }

    /// <summary>Puts what it left in the place of what the last one left, where pipelines and people look for it, and forgets all but the latest sessions that are over.</summary>
    /// <returns>What could not be put there, and why: that of the last session is there still; empty when everything was.</returns>
    public IReadOnlyList<string> Publish()
    {
        var problems = new List<string>();
        foreach (var part in Published)
        {
            try
            {
                Replace(Path.Combine(Folder, part), Path.Combine(_workspace.Artifacts, part));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                problems.Add($"{part} could not be copied to {_workspace.Artifacts}, and is in {Folder} alone: {exception.Message}");
            }
        }

        File.WriteAllText(Path.Combine(Folder, Over), "");
        foreach (var old in Ended(_workspace).Skip(Kept))
        {
            Directory.Delete(old.Folder, recursive: true);
        }

        return problems;
    }

    private static List<DrillSession> Ended(Workspace workspace) => !Directory.Exists(workspace.Sessions) ? []
        : [.. Directory.EnumerateDirectories(workspace.Sessions).Select(folder => new DrillSession(workspace, folder)).Where(session => session.EndedAt is not null).OrderByDescending(session => session.EndedAt)];

    // A drill says when it is over. A plain `dotnet test` says nothing: its last result may be the last.
    private DateTime? EndedAt => File.Exists(Path.Combine(Folder, Over)) ? File.GetLastWriteTimeUtc(Path.Combine(Folder, Over))
        : File.Exists(Path.Combine(Folder, Ours)) || !(HasResults || Begun.Any()) || Begun.Any(BegunTest.GoesOn) ? null
        : Directory.EnumerateFiles(AllureResults, "*-result.json").Concat(Begun).Max(File.GetLastWriteTimeUtc);

    private ProcessStartInfo Start(TestProject project, string settings, bool isPiped, IEnumerable<string> more)
    {
        var start = new ProcessStartInfo("dotnet", project.Arguments(settings, TestResults, isPiped, more)) { WorkingDirectory = _workspace.Folder };
        start.Environment["CHAOSHARNESS_SESSION"] = Name;
        // On the testing platform it takes an extension.
        ReportsTests = !project.IsOnTestingPlatform;
        return start;
    }

    // Copied first, so that whatever keeps it from being copied leaves what was there.
    private static void Replace(string from, string to)
    {
        var beside = to + ".new";
        Remove(beside);
        Copy(from, beside);
        Remove(to);
        if (Directory.Exists(beside))
        {
            Directory.Move(beside, to);
        }
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
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

        // What a test holds that goes on, nobody can copy.
        foreach (var file in Directory.EnumerateFiles(from).Where(file => !file.EndsWith(BegunTest.Suffix, StringComparison.Ordinal) || !BegunTest.GoesOn(file)))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }
}
