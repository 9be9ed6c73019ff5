using System.Data.Common;
using System.Globalization;
using ChaosHarness.Ledger.FollowUps;

namespace ChaosHarness.Ledger.Chains;

/// <summary>One walk along the chain. It holds some records at a time, and of all of them no more than their numbers.</summary>
internal sealed class ChainWalk(DbConnection connection, DbTransaction transaction, string? givenHead)
{
    private const int RecordsAtOnce = 500;
    private readonly RecordedItems _recorded = new(connection, transaction);
    private readonly List<ChainBreak> _breaks = [];
    private readonly List<LooseRecord> _loose = [];
    private readonly HashSet<(string Kind, long Number)> _items = [];
    private readonly HashSet<long> _replaced = [];
    private long _foundRuns;
    private long? _foundAt;
    private long? _givenHeadAt;

    public async Task<ChainReport> RunAsync(CancellationToken cancellationToken)
    {
        await ReadAsync($"SELECT item_no FROM records WHERE kind = '{RecordKind.Replaced}'", values => _replaced.Add((long)values[0]!), cancellationToken).ConfigureAwait(false);
        var (last, after) = (RecordRow.Start, long.MinValue + 1);
        while (await PageAsync(after, cancellationToken).ConfigureAwait(false) is { Count: > 0 } records)
        {
            await _recorded.ReadAsync(records, cancellationToken).ConfigureAwait(false);
            foreach (var record in records)
            {
                Look(record, last, _recorded.Find(record));
                (last, after) = (record, record.Number);
            }
        }

        if (_loose.Count > 0)
        {
            _breaks.AddRange(await LooseEnds.FindAsync(connection, transaction, _recorded, _loose, cancellationToken).ConfigureAwait(false));
        }

        await FindUnchainedAsync(last == RecordRow.Start, cancellationToken).ConfigureAwait(false);
        return new ChainReport(
            _items.Count(item => item.Kind == RecordKind.Run),
            _foundRuns,
            _foundAt is { } foundAt ? DateTimeOffset.FromUnixTimeMilliseconds(foundAt) : null,
            last == RecordRow.Start ? null : last.Head,
            _givenHeadAt,
            [.. _breaks.OrderBy(found => found.Record ?? long.MaxValue)])
        {
            IsGivenHeadMissing = givenHead is not null && _givenHeadAt is null,
        };
    }

    private void Look(RecordRow record, RecordRow before, RecordedItem? item)
    {
        Count(record);
        if (!_items.Add((record.IsOfRun ? RecordKind.Run : record.Kind, record.ItemNo)))
        {
            Break(ChainBreakKind.Inserted, record, "what it is of is in the chain twice");
        }

        var follows = record.Follows == RecordRow.Beginning(before.Hash);
        if (item is null)
        {
            Break(ChainBreakKind.Removed, record, "what it is of is gone, and its record still there");
        }
        else
        {
            Look(record, before, item, follows);
        }

        if (!follows)
        {
            _loose.Add(new LooseRecord(record, before));
        }
        else if (record.Number != before.Number + 1)
        {
            Break(ChainBreakKind.Changed, record, string.Create(CultureInfo.InvariantCulture, $"its number, which was {before.Number + 1}"));
        }
    }

    private void Look(RecordRow record, RecordRow before, RecordedItem item, bool follows)
    {
        var text = new RecordText(record.Kind, record.FoundAt);
        item.Write(text);
        var differing = new List<string>(text.Differing(record.Marks));
        if (follows && !text.HashAfter(before.Hash).AsSpan().SequenceEqual(record.Hash))
        {
            differing = differing.Count == 0 ? ["its hash"] : differing;
        }
        else if (follows && differing.Count > 0)
        {
            differing = ["its marks, and nothing that it says"];
        }

        if (item.Id != record.ItemId)
        {
            differing.Add($"it is of {item.Id} now");
        }

        if (record.IsOfRun && item.IsReplaced != _replaced.Contains(record.ItemNo))
        {
            differing.Add("replaced");
        }

        if (differing.Count > 0)
        {
            Break(ChainBreakKind.Changed, record, string.Join(", ", differing));
        }
    }

    private void Count(RecordRow record)
    {
        if (givenHead is not null && _givenHeadAt is null && Convert.ToHexString(record.Hash).Equals(givenHead, StringComparison.OrdinalIgnoreCase))
        {
            _givenHeadAt = record.Number;
        }

        if (record.Kind == RecordKind.Found)
        {
            _foundRuns++;
            _foundAt ??= record.FoundAt;
        }
    }

    private async Task FindUnchainedAsync(bool isEmpty, CancellationToken cancellationToken)
    {
        var unchained = new List<string>();
        await ReadAsync("SELECT r.run_id FROM runs r LEFT JOIN records c ON c.item_no = r.run_no AND c.kind IN ('run', 'found') WHERE c.item_no IS NULL ORDER BY r.run_no", values => unchained.Add(values[0]?.ToString() ?? ""), cancellationToken).ConfigureAwait(false);
        if (isEmpty && unchained.Count > 0)
        {
            _breaks.Add(new ChainBreak(ChainBreakKind.Removed, null, null, string.Create(CultureInfo.InvariantCulture, $"the chain is empty, and there are {unchained.Count} runs: it was taken out, or they have not been hashed yet; './run ledger migrate' hashes them as it finds them")));
            return;
        }

        foreach (var table in FollowUpTables.All)
        {
            await ReadAsync($"SELECT t.{table.Finding} FROM {table.Table} t LEFT JOIN records c ON c.item_no = t.{table.Number} AND c.kind = '{table.Kind}' WHERE c.item_no IS NULL ORDER BY t.{table.Number}", values => unchained.Add(RecordedTable.Id(values[0])), cancellationToken).ConfigureAwait(false);
        }

        _breaks.AddRange(unchained.Select(id => new ChainBreak(ChainBreakKind.Inserted, null, id, "it is in the ledger and not in the chain: it was put in, or its record taken out")));
    }

    private async Task<IReadOnlyList<RecordRow>> PageAsync(long after, CancellationToken cancellationToken)
    {
        var records = new List<RecordRow>(RecordsAtOnce);
        var sql = string.Create(CultureInfo.InvariantCulture, $"SELECT {RecordRow.Columns} FROM records WHERE record_no > {after} ORDER BY record_no LIMIT {RecordsAtOnce}");
        await ReadAsync(sql, values => records.Add(RecordRow.Of(values)), cancellationToken).ConfigureAwait(false);
        return records;
    }

    private void Break(ChainBreakKind kind, RecordRow record, string what) => _breaks.Add(new ChainBreak(kind, record.Number, record.ItemId, what));

    private Task ReadAsync(string sql, Action<object?[]> row, CancellationToken cancellationToken) => RecordQuery.ReadAsync(connection, transaction, sql, row, cancellationToken);
}
