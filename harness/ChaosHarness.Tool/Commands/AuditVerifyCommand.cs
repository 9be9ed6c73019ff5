using System.CommandLine;
using System.Globalization;
using ChaosHarness.Reports.Audits;
using ChaosHarness.Safety;

namespace ChaosHarness.Tool.Commands;

/// <summary>Says whether a pack is as it was written.</summary>
internal static class AuditVerifyCommand
{
    public static Command Create()
    {
        var folder = new Argument<DirectoryInfo>("folder") { Description = "The folder of the pack." };
        var hash = new Option<string?>("--manifest") { Description = "The hash of the manifest that chaos audit printed: that the manifest itself was written anew is noticed only so." };
        var command = new Command("verify", "Holds every file of a pack against its manifest, and names each that was changed, is missing or was added. Exit code 0 when all is as it was written, 1 otherwise.") { folder, hash };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var check = await ManifestCheck.RunAsync(parsed.GetRequiredValue(folder).FullName, cancellationToken);
            foreach (var difference in check.Differences)
            {
                Console.WriteLine(TerminalText.Of(difference));
            }

            var isOther = parsed.GetValue(hash)?.Trim() is { } given && !given.Equals(check.Sha256, StringComparison.OrdinalIgnoreCase);
            if (isOther)
            {
                Console.WriteLine($"The manifest is another than that which was written down: its hash is {check.Sha256}.");
            }

            var shown = Workspace.Shown(parsed.GetRequiredValue(folder).FullName);
            Console.WriteLine(check.Differences.Count == 0 && !isOther
                ? string.Create(CultureInfo.InvariantCulture, $"{shown} is as it was written: run {TerminalText.Of(check.Manifest.Run)}, {check.Manifest.Files.Count} files.{(parsed.GetValue(hash) is null ? $" The manifest itself has the hash {check.Sha256}." : "")}")
                : $"{shown} is not as it was written.");
            return check.Differences.Count == 0 && !isOther ? ExitCodes.Done : ExitCodes.NotAllPassed;
        });
        return command;
    }
}
