using System.CommandLine;
using System.Reflection;

namespace ChaosHarness.Tool.Commands;

/// <summary>Brings the harness into a project of tests that is there already. A new one is made by <c>dotnet new chaos</c>.</summary>
internal static class InitCommand
{
    private const string NamespaceOfTemplate = "ChaosTests";
    private static readonly string[] Packages = ["ChaosHarness.NUnit", "ChaosHarness.Allure", "ChaosHarness.GameDay", "ChaosHarness.Ledger", "ChaosHarness.Toxiproxy", "ChaosHarness.Toxiproxy.Server"];

    // The one on the PATH, and not whichever this command happens to be run by.
    private static string Dotnet => Programs.Find("dotnet") ?? "dotnet";

    public static Command Create()
    {
        var project = new Option<string?>("--project") { Description = "The project of tests. Default: the only one here." };
        var bare = new Option<bool>("--no-packages") { Description = "Write the files, and leave the packages to you." };
        var command = new Command("init", "Adds the packages to a project of NUnit tests, and writes profiles and first experiments. Files that are there are left alone.") { project, bare };
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(project), withPackages: !parsed.GetValue(bare)));
        return command;
    }

    private static async Task<int> RunAsync(string? named, bool withPackages)
    {
        var project = Project(named);
        var version = typeof(InitCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
        if (withPackages)
        {
            // First what the others need: the template of the SDK comes with an NUnit that they do not build with.
            var template = ProjectPackages.In(Path.Combine(AppContext.BaseDirectory, "template", "ChaosTests.csproj"));
            foreach (var (package, wanted) in template.Where(package => !Packages.Contains(package.Key)).Select(package => (package.Key, package.Value)).Concat(Packages.Select(package => (package, version))))
            {
                await AddAsync(project, package, wanted).ConfigureAwait(false);
            }
        }

        Write(project);
        if (withPackages)
        {
            await RequireRestoredAsync(project).ConfigureAwait(false);
        }

        if (!IsIgnored(Workspace.Current.Folder))
        {
            Console.WriteLine($"What drills leave is not for git: echo artifacts/ >> {Workspace.Shown(Path.Combine(Workspace.Current.Folder, ".gitignore"))}");
        }

        Console.WriteLine("Next: say in TheSystem.cs what your system is, then `chaos drill`.");
        return ExitCodes.Done;
    }

    // Nothing but whether somebody has thought of it: what git makes of every pattern is for git to say.
    private static bool IsIgnored(string folder) => !Path.Exists(Path.Combine(folder, ".git"))
        || (File.Exists(Path.Combine(folder, ".gitignore")) && File.ReadLines(Path.Combine(folder, ".gitignore")).Any(line => line.Trim().Trim('/', '*') == "artifacts"));

    private static async Task AddAsync(string project, string package, string wanted)
    {
        var there = ProjectPackages.VersionOf(project, package);
        if (there is not null && !ProjectPackages.IsBelow(there, wanted))
        {
            Console.WriteLine($"is there {package} {there}".TrimEnd());
            return;
        }

        var (exitCode, said) = await Programs.ReadAsync(Dotnet, ["add", project, "package", package, "--version", wanted], Path.GetDirectoryName(project)!, CancellationToken.None).ConfigureAwait(false);
        // That it does not fit the others yet is for the end to say, when all are there.
        if (exitCode != 0 && ProjectPackages.VersionOf(project, package) != wanted)
        {
            throw new UsageException($"{package} {wanted} could not be added to {Workspace.Shown(project)}: {Errors(said)}\nIs it in a source that NuGet knows? `dotnet nuget list source` lists them, `dotnet nuget add source FOLDER` adds one.");
        }

        Console.WriteLine(there is null ? $"added    {package} {wanted}" : $"raised   {package} from {there} to {wanted}");
    }

    private static async Task RequireRestoredAsync(string project)
    {
        var (exitCode, said) = await Programs.ReadAsync(Dotnet, ["restore", project, "--nologo"], Path.GetDirectoryName(project)!, CancellationToken.None).ConfigureAwait(false);
        if (exitCode != 0)
        {
            throw new UsageException($"{Workspace.Shown(project)} has what it needs now, but its packages do not fit together: {Errors(said)}\nRaise those that are named, then `chaos init` again.");
        }
    }

    private static string Errors(string said) =>
        string.Join('\n', said.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(line => line.Contains("error", StringComparison.OrdinalIgnoreCase)).Distinct().Take(3)) is { Length: > 0 } errors ? errors : said;

    private static void Write(string project)
    {
        var from = Path.Combine(AppContext.BaseDirectory, "init");
        var folder = Path.GetDirectoryName(project)!;
        var space = string.Concat(Path.GetFileNameWithoutExtension(project).Select(c => char.IsLetterOrDigit(c) || c is '.' or '_' ? c : '_'));
        foreach (var file in Directory.EnumerateFiles(from).Order(StringComparer.Ordinal))
        {
            var isProfile = Path.GetExtension(file) == ".runsettings";
            var to = Path.Combine(isProfile ? Path.Combine(Workspace.Current.Folder, "runsettings") : folder, Path.GetFileName(file));
            if (File.Exists(to))
            {
                Console.WriteLine($"is there {Workspace.Shown(to)}");
                continue;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.WriteAllText(to, File.ReadAllText(file).Replace($"namespace {NamespaceOfTemplate};", $"namespace {space};", StringComparison.Ordinal));
            Console.WriteLine($"wrote    {Workspace.Shown(to)}");
        }
    }

    private static string Project(string? named)
    {
        if (named is not null)
        {
            return File.Exists(named) ? Path.GetFullPath(named) : throw new UsageException($"There is no project {named}.");
        }

        return Directory.EnumerateFiles(Environment.CurrentDirectory, "*.*proj").Order(StringComparer.Ordinal).ToList() switch
        {
            [var only] => only,
            [] => throw new UsageException("There is no project here. Name one with --project; `dotnet new install ChaosHarness.Templates` and `dotnet new chaos` make a new one."),
            var several => throw new UsageException($"There are several projects here; name one with --project: {string.Join(", ", several.Select(Path.GetFileName))}"),
        };
    }
}
