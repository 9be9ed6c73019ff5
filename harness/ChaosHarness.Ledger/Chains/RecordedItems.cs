using System.Data.Common;
using ChaosHarness.Ledger.FollowUps;

namespace ChaosHarness.Ledger.Chains;

/// <summary>What records are of, as the ledger has it now.</summary>
internal sealed class RecordedItems(DbConnection connection, DbTransaction transaction)
{
    private readonly RecordedRuns _reader = new(connection, transaction);
    private readonly Dictionary<string, Dictionary<long, RecordedItem>> _rows = [];
    private Dictionary<long, RecordedItem> _runs = [];

    /// <summary>Reads those of some records, in place of those before.</summary>
    public async Task ReadAsync(IReadOnlyCollection<RecordRow> records, CancellationToken cancellationToken)
    {
        _runs = await _reader.ReadAsync([.. records.Where(record => record.IsOfRun).Select(record => record.ItemNo)], cancellationToken).ConfigureAwait(false);
        foreach (var table in FollowUpTables.All)
        {
            _rows[table.Kind] = await table.ReadAsync(connection, transaction, [.. records.Where(record => record.Kind == table.Kind).Select(record => record.ItemNo)], cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What a record is of; null when it is gone.</summary>
    public RecordedItem? Find(RecordRow record) => record.Kind switch
    {
        RecordKind.Run or RecordKind.Found => _runs.GetValueOrDefault(record.ItemNo),
        _ when _rows.TryGetValue(record.Kind, out var rows) => rows.GetValueOrDefault(record.ItemNo),
        // It says no more than itself.
        _ => new RecordedItem(record.ItemId, false, text => text.Add("run_id", record.ItemId)),
    };
}
