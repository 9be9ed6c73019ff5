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

    /// <summary>Opens a ledger that is to be read: one that is not there is a mistake in its address more often than an empty history.</summary>
    /// <exception cref="UsageException">It is a file that is not there.</exception>
    public static Task<RunLedger> OpenWrittenAsync(string? given, CancellationToken cancellationToken)
    {
        RequireWritten(given);
        return OpenAsync(given, cancellationToken);
    }

    public static void RequireWritten(string? given)
    {
        if (!IsWritten(Read(given)))
        {
            throw new UsageException($"There is no ledger at {Read(given)}. Run a drill first (chaos drill), or say where it is with --ledger or {RecorderSettings.LedgerVariable}.");
        }
    }

    public static Task<RunLedger> OpenAsync(string? given, CancellationToken cancellationToken) => RunLedger.OpenAsync(Read(given), null, cancellationToken);

    private static bool IsWritten(LedgerAddress address) => address.IsShared || File.Exists(address.Shown);
}
