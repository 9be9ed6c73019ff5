using System.CommandLine;
using ChaosHarness.SystemFiles;
using ChaosHarness.SystemFiles.Discovery;
using ChaosHarness.SystemFiles.Machine;
using ChaosHarness.SystemFiles.Schemas;
using ChaosHarness.SystemFiles.Sections;

namespace ChaosHarness.Tool.Commands;

/// <summary>Writes a file of the system that runs here.</summary>
internal static class DiscoverCommand
{
    public static Command Create()
    {
        var output = new Option<FileInfo?>("--output") { Description = "The file; it must not be there yet. Default: what is found is printed." };
        var name = new Option<string>("--name") { Description = "What the system is called.", DefaultValueFactory = _ => "system" };
        var ports = new Option<int[]>("--port") { Description = "Only what serves this port, all that it is connected to, and so on; may be given again. Default: everything that listens." };
        var schema = new Option<bool>("--schema") { Description = "Print the JSON schema of such files instead, for editors." };
        var command = new Command("discover", "Writes a system.yaml of what runs on this machine: processes that listen, the connections between them, systemd units, containers. Reads alone, and changes nothing. Linux.") { output, name, ports, schema };
        command.SetAction((parsed, cancellationToken) =>
        {
            if (parsed.GetValue(schema))
            {
                Console.Write(SchemaWriter.Write(SystemSection.Section));
                return Task.FromResult(ExitCodes.Done);
            }

            return RunAsync(parsed.GetValue(output), parsed.GetRequiredValue(name), parsed.GetValue(ports) ?? [], cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(FileInfo? output, string name, int[] ports, CancellationToken cancellationToken)
    {
        if (!new ProcessTable().IsThere)
        {
            throw new UsageException("What runs is read from /proc, which this machine does not have: write the file by hand, docs/system-file.md shows how.");
        }

        var (containers, unseen) = await EngineContainers.AskAsync(null, cancellationToken).ConfigureAwait(false);
        var found = MachineDiscovery.Look(containers, unseen);
        found = ports.Length > 0 ? found.Behind(ports) : found;
        var text = FoundFile.Write(found, name);
        if (found.Components.Count == 0)
        {
            throw new UsageException($"Nothing that could be seen listens{(ports.Length > 0 ? " on " + string.Join(", ", ports) : "")} on this machine.{string.Concat(found.Unseen.Select(sentence => " " + sentence))}");
        }

        // What it writes it can read, or it is better to know now.
        SystemFile.Parse(text, "what was found");
        if (output is null)
        {
            Console.Write(text);
        }
        else
        {
            var stream = new FileStream(output.FullName, FileMode.CreateNew, FileAccess.Write);
            await using var closing = stream.ConfigureAwait(false);
            await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text), cancellationToken).ConfigureAwait(false);
        }

        Lines.WriteError($"Components found: {found.Components.Count}; connections between them: {found.Connections.Count}.{string.Concat(found.Unseen.Select(sentence => " " + sentence))}");
        Lines.WriteError($"Next: fill in what is marked, then: chaos drill --system {(output is null ? "system.yaml" : Workspace.Shown(output.FullName))} --list");
        return ExitCodes.Done;
    }
}
