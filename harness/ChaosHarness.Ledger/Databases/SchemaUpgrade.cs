using DbUp.Builder;
using DbUp.Engine;

namespace ChaosHarness.Ledger.Databases;

/// <summary>Runs the scripts of the schema that a database has not seen yet.</summary>
internal static class SchemaUpgrade
{
    private const string Folder = "ChaosHarness.Ledger.Migrations.";

    /// <exception cref="LedgerException">A script failed, or the ledger was made by a later version.</exception>
    public static void Run(UpgradeEngineBuilder database, string shown)
    {
        var assembly = typeof(SchemaUpgrade).Assembly;
        var known = assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(name => SqlScript.FromStream(name[Folder.Length..], assembly.GetManifestResourceStream(name)!));
        var scripts = known.ToList();
        var engine = database.WithScripts(scripts).WithTransactionPerScript().WithVariablesDisabled().LogToNowhere().Build();
        // Later scripts may have moved what this version would write to.
        if (engine.GetExecutedScripts().Except(scripts.Select(script => script.Name), StringComparer.Ordinal).FirstOrDefault() is { } later)
        {
            throw new LedgerException($"The ledger {shown} was made by a later version: it has '{later}'. Use that version. Journals are kept meanwhile, and imported by it.");
        }

        if (engine.PerformUpgrade() is { Successful: false } failure)
        {
            throw new LedgerException($"The ledger {shown} could not be set up: {failure.Error.Message}", failure.Error);
        }
    }
}
