using System.Data.Common;
using System.Globalization;

namespace ChaosHarness.Ledger.Chains;

/// <summary>Finds out what became of records that do not follow the one that they stand after. It is asked only when there are any, and then takes the numbers of all into its memory.</summary>
internal sealed class LooseEnds
{
    private readonly DbConnection _connection;
    private readonly DbTransaction _transaction;
    private readonly RecordedItems _items;
    private readonly SortedDictionary<long, (long Hash, long Follows)> _records = [];
    private readonly Dictionary<long, long> _numbers = new() { [0] = 0 };
    private readonly Dictionary<long, long> _next = [];
    private readonly Dictionary<long, long> _places = [];
    private readonly SortedSet<long> _followedByNone = [];
    private readonly List<ChainBreak> _breaks = [];
    private readonly HashSet<(ChainBreakKind, long)> _told = [];
    private long _last;

    private LooseEnds(DbConnection connection, DbTransaction transaction, RecordedItems items) => (_connection, _transaction, _items) = (connection, transaction, items);

    public static async Task<IReadOnlyList<ChainBreak>> FindAsync(DbConnection connection, DbTransaction transaction, RecordedItems items, IReadOnlyList<LooseRecord> loose, CancellationToken cancellationToken)
    {
        var ends = new LooseEnds(connection, transaction, items);
        await ends.ReadAsync(cancellationToken).ConfigureAwait(false);
        foreach (var record in loose)
        {
            await ends.LookAsync(record, cancellationToken).ConfigureAwait(false);
        }

        if (ends._breaks.Count == 0)
        {
            ends.Break(ChainBreakKind.Changed, loose[0].Record, "it does not follow the record before it");
        }

        return ends._breaks;
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        await RecordQuery.ReadAsync(_connection, _transaction, $"SELECT {RecordRow.Columns} FROM records", values => Add(RecordRow.Of(values)), cancellationToken).ConfigureAwait(false);
        _last = _records.Keys.LastOrDefault();
        var followed = _records.Values.Select(record => record.Follows).ToHashSet();
        _followedByNone.UnionWith(_records.Where(record => !followed.Contains(record.Value.Hash)).Select(record => record.Key));
        foreach (var (number, (_, follows)) in _records)
        {
            // Of two that follow the same one it is the one that went on.
            if (!_next.TryAdd(follows, number) && _followedByNone.Contains(_next[follows]))
            {
                _next[follows] = number;
            }
        }

        Place(0, 1);
        foreach (var (number, _) in _records.Where(record => !_numbers.ContainsKey(record.Value.Follows)))
        {
            _places[number] = number;
            Place(_records[number].Hash, number + 1);
        }
    }

    private void Add(RecordRow record)
    {
        _records[record.Number] = (RecordRow.Beginning(record.Hash), record.Follows);
        _numbers[RecordRow.Beginning(record.Hash)] = record.Number;
    }

    // Where each record was written, by what follows what.
    private void Place(long hash, long place)
    {
        while (_next.TryGetValue(hash, out var number) && _places.TryAdd(number, place++))
        {
            hash = _records[number].Hash;
        }
    }

    private async Task LookAsync(LooseRecord loose, CancellationToken cancellationToken)
    {
        var (record, before) = loose;
        if (!_numbers.TryGetValue(record.Follows, out var written))
        {
            FollowsNothing(record, before);
            return;
        }

        if (!await FitsAsync(record, written, cancellationToken).ConfigureAwait(false))
        {
            Break(ChainBreakKind.Changed, record, "its hash");
            return;
        }

        // What is the end of the chain now and stands in between was moved past, and not put in.
        List<long> between = written + 1 < record.Number ? [.. _followedByNone.GetViewBetween(written + 1, record.Number - 1).Where(number => !_places.ContainsKey(number))] : [];
        foreach (var number in between)
        {
            Break(ChainBreakKind.Inserted, await FindAsync(number, cancellationToken).ConfigureAwait(false), string.Create(CultureInfo.InvariantCulture, $"it was put in: record {record.Number}, {record.ItemId}, was written right after record {written}"));
        }

        if (between.Count == 0 && _places.TryGetValue(record.Number, out var place) && place != record.Number)
        {
            Break(ChainBreakKind.Reordered, record, string.Create(CultureInfo.InvariantCulture, $"it was written as record {place}"));
        }
    }

    private void FollowsNothing(RecordRow record, RecordRow before)
    {
        if (_followedByNone.Contains(record.Number) && record.Number != _last)
        {
            Break(ChainBreakKind.Inserted, record, "it was put in: it follows nothing that is there, and nothing follows it");
        }
        else if (before.Number == 0 || record.Number > before.Number + 1)
        {
            var (first, last) = (before.Number + 1, record.Number - 1);
            var which = last < first ? "what came before it is gone" : last == first ? "it is gone" : string.Create(CultureInfo.InvariantCulture, $"records {first} to {last} are gone");
            _breaks.Add(new ChainBreak(ChainBreakKind.Removed, first, null, string.Create(CultureInfo.InvariantCulture, $"{which}; {(before.Number == 0 ? "" : $"record {before.Number} before is of {before.ItemId}, ")}record {record.Number} after is of {record.ItemId}")));
        }
        else
        {
            Break(ChainBreakKind.Changed, before, string.Create(CultureInfo.InvariantCulture, $"it was written anew with a hash that fits, or what came after it is gone: record {record.Number}, {record.ItemId}, was written after something else"));
        }
    }

    private async Task<bool> FitsAsync(RecordRow record, long written, CancellationToken cancellationToken)
    {
        await _items.ReadAsync([record], cancellationToken).ConfigureAwait(false);
        var item = _items.Find(record);
        var text = new RecordText(record.Kind, record.FoundAt);
        item?.Write(text);
        var previous = written == 0 ? RecordRow.NoHash : (await FindAsync(written, cancellationToken).ConfigureAwait(false)).Hash;
        // What is gone or differs was told already.
        return item is null || text.Differing(record.Marks).Count > 0 || text.HashAfter(previous).AsSpan().SequenceEqual(record.Hash);
    }

    private async Task<RecordRow> FindAsync(long number, CancellationToken cancellationToken)
    {
        RecordRow? found = null;
        await RecordQuery.ReadAsync(_connection, _transaction, string.Create(CultureInfo.InvariantCulture, $"SELECT {RecordRow.Columns} FROM records WHERE record_no = {number}"), values => found = RecordRow.Of(values), cancellationToken).ConfigureAwait(false);
        return found!;
    }

    private void Break(ChainBreakKind kind, RecordRow record, string what)
    {
        if (_told.Add((kind, record.Number)))
        {
            _breaks.Add(new ChainBreak(kind, record.Number, record.ItemId, what));
        }
    }
}
