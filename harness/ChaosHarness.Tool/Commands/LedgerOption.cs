using System.CommandLine;
using ChaosHarness.Experiments;
using ChaosHarness.Ledger;

namespace ChaosHarness.Tool.Commands;

/// <summary>Where the ledger is: asked for by every command that reads it, in the same way as by the tests.</summary>
internal static class LedgerOption
{
    public static Option<string?> Create() => new("--ledger")
    {
        Description = $"The ledger: a file, or a connection string. Default: {RecorderSettings.LedgerVariable} of the environment, or {LedgerAddress.Default}. Give a connection string with a password in the variable: command lines are seen by others.",
    };

    public static LedgerAddress Read(string? given) => LedgerAddress.Parse(given ?? Environment.GetEnvironmentVariable(RecorderSettings.LedgerVariable), given is null ? Workspace.Current.Folder : Environment.CurrentDirectory);

    public static Task<RunLedger> OpenAsync(string? given, CancellationToken cancellationToken) => RunLedger.OpenAsync(Read(given), null, cancellationToken);
}
