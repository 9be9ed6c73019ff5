using System.CommandLine;
using ChaosHarness.Safety;
using ChaosHarness.SystemFiles;
using ChaosHarness.Tool.Drills;

namespace ChaosHarness.Tool.Commands;

/// <summary>What is asked of a drill on a system that a file describes.</summary>
internal sealed class SystemDrillOptions
{
    public Option<FileInfo?> System { get; } = new("--system") { Description = "A file that describes a system, such as system.yaml: every generic experiment runs on it, instead of a project of tests. docs/system-file.md" };

    private Option<string[]> Only { get; } = new("--only") { Description = "With --system: the experiments whose words are like this, such as \"lose *\"; may be given again.", AllowMultipleArgumentsPerToken = false };

    private Option<bool> List { get; } = new("--list") { Description = "With --system: say which experiments there are, and run none." };

    private Option<bool> Dry { get; } = new("--dry-run") { Description = "With --system: start what the file says the harness runs, look at everything that would be hit, and break nothing." };

    private Option<string[]> Allow { get; } = new("--allow") { Description = "With --system: an environment that may be broken, to be named as the file names it. Default: local." };

    private Option<string?> Production { get; } = new("--production-permission") { Description = $"With --system: where the environment is production besides, to the letter: {SafetyPolicy.ProductionPermissionText}" };

    private Option<string?> Ledger { get; } = LedgerOption.Create();

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { System, Only, List, Dry, Allow, Production, Ledger })
        {
            command.Add(option);
        }
    }

    /// <exception cref="UsageException">One of them is given, and no system.</exception>
    public void RequireNone(ParseResult parsed)
    {
        if (new Option[] { Only, List, Dry, Allow, Production, Ledger }.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } given)
        {
            throw new UsageException($"{given.Name} is for a drill on a system that a file describes: chaos drill --system system.yaml {given.Name} ...");
        }
    }

    public Task<int> RunAsync(ParseResult parsed, FileInfo file, string? profile, bool isPlain, CancellationToken cancellationToken)
    {
        if (profile is not null)
        {
            throw new UsageException($"'{profile}' is a profile of tests, and --system runs none: leave one of the two out.");
        }

        var system = SystemFile.Read(file.FullName);
        var drill = new SystemDrill(Workspace.Current, system)
        {
            Only = parsed.GetValue(Only) ?? [],
            AllowedEnvironments = parsed.GetValue(Allow) is { Length: > 0 } allowed ? allowed : ["local"],
            ProductionPermission = parsed.GetValue(Production),
            Ledger = parsed.GetValue(Ledger),
            IsPlain = isPlain,
        };
        return parsed.GetValue(List) ? Task.FromResult(drill.List())
            : parsed.GetValue(Dry) ? drill.RehearseAsync(cancellationToken)
            : drill.RunAsync(cancellationToken);
    }
}
