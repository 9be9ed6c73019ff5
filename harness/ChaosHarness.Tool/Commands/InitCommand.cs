using System.CommandLine;
using System.Diagnostics;
using System.Reflection;

namespace ChaosHarness.Tool.Commands;

/// <summary>Brings the harness into a project of tests that is there already. A new one is made by <c>dotnet new chaos</c>.</summary>
internal static class InitCommand
{
    private const string NamespaceOfTemplate = "ChaosTests";
    private static readonly string[] Packages = ["ChaosHarness.NUnit", "ChaosHarness.Allure", "ChaosHarness.Ledger", "ChaosHarness.Toxiproxy", "ChaosHarness.Toxiproxy.Server"];

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
        foreach (var package in withPackages ? Packages : [])
        {
            var start = new ProcessStartInfo("dotnet", ["add", project, "package", package, "--version", version]) { RedirectStandardOutput = true };
            if (await Programs.RunAsync(start).ConfigureAwait(false) != 0)
            {
                throw new UsageException($"{package} {version} could not be added to {Workspace.Shown(project)}; `dotnet add {Workspace.Shown(project)} package {package}` says why.");
            }

            Console.WriteLine($"added    {package} {version}");
        }

        Write(project);
        Console.WriteLine("Next: say in TheSystem.cs what your system is, then `chaos drill`.");
        return ExitCodes.Done;
    }

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
