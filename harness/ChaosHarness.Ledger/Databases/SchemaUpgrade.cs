using DbUp.Builder;
using DbUp.Engine;

namespace ChaosHarness.Ledger.Databases;

/// <summary>Runs the scripts of the schema that a database has not seen yet, each as a whole or not at all.</summary>
internal static class SchemaUpgrade
{
    private const string Folder = "ChaosHarness.Ledger.Migrations.";

    // A shared ledger may hold years.
    private static readonly TimeSpan LongestScript = TimeSpan.FromHours(2);

    private static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(SchemaUpgrade).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Select(name => name[Folder.Length..]).Order(StringComparer.Ordinal),
    ];

    /// <summary>Runs them.</summary>
    /// <param name="database">The database.</param>
    /// <param name="dialect">How it writes what not all write alike.</param>
    /// <param name="shown">What the ledger is called.</param>
    /// <param name="prepare">Asked before an older ledger is changed; throws where that may not be.</param>
    /// <exception cref="LedgerException">A script failed, or the ledger was made by a later version.</exception>
    public static void Run(UpgradeEngineBuilder database, SchemaDialect dialect, string shown, Action prepare)
    {
        var engine = database.WithScripts(Names.Select(name => new SqlScript(name, dialect.Write(Read(name))))).WithTransactionPerScript().WithVariablesDisabled().WithExecutionTimeout(LongestScript).LogToNowhere().Build();
        var executed = engine.GetExecutedScripts();
        if (IsOlder(executed, shown))
        {
            prepare();
        }

        if (engine.PerformUpgrade() is { Successful: false } failure)
        {
            throw new LedgerException($"The ledger {shown} could not be brought up to date, and is as it was: {failure.Error.Message}", failure.Error);
        }
    }

    /// <summary>Finds out whether there is nothing to do, which is so nearly always.</summary>
    /// <param name="executed">The scripts that it has seen; null where that cannot be told.</param>
    /// <param name="shown">What the ledger is called.</param>
    /// <returns>Whether it has seen all of them.</returns>
    /// <exception cref="LedgerException">A later version made it.</exception>
    public static bool IsDone(IReadOnlyCollection<string>? executed, string shown) => executed is { Count: > 0 } && !IsOlder(executed, shown);

    /// <summary>Finds out where a ledger stands.</summary>
    /// <param name="executed">The scripts that it has seen.</param>
    /// <param name="shown">What the ledger is called.</param>
    /// <returns>Whether an earlier version made it; a new one is not old.</returns>
    /// <exception cref="LedgerException">A later version made it: its scripts may have moved what this version would write to.</exception>
    public static bool IsOlder(IReadOnlyCollection<string> executed, string shown) => executed.Except(Names, StringComparer.Ordinal).FirstOrDefault() is { } later
        ? throw new LedgerException($"The ledger {shown} was made by a later version: it has '{later}'. Use that version. Journals are kept meanwhile, and imported by it.")
        : executed.Count > 0 && executed.Count < Names.Count;

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(SchemaUpgrade).Assembly.GetManifestResourceStream(Folder + name)!);
        return reader.ReadToEnd();
    }
}
