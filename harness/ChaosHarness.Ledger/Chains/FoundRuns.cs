using System.Data.Common;
using System.Globalization;

namespace ChaosHarness.Ledger.Chains;

/// <summary>Hashes what earlier versions appended, as it is found: that nobody changed it before, nobody can tell.</summary>
internal static class FoundRuns
{
    private const int RunsAtOnce = 500;

    public static async Task ChainAsync(ChainWriter chain, DbConnection connection, DbTransaction transaction, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var foundAt = now.ToUnixTimeMilliseconds();
        var reader = new RecordedRuns(connection, transaction);
        var last = long.MinValue + 1;
        while (await NumbersAsync(connection, transaction, last, cancellationToken).ConfigureAwait(false) is { Count: > 0 } numbers)
        {
            var runs = await reader.ReadAsync(numbers, cancellationToken).ConfigureAwait(false);
            foreach (var number in numbers)
            {
                var run = runs[number];
                var text = new RecordText(RecordKind.Found, foundAt);
                run.Write(text);
                chain.Add(RecordKind.Found, number, run.Id, foundAt, text);
                if (run.IsReplaced)
                {
                    chain.AddReplaced(number, run.Id);
                }
            }

            await chain.FlushAsync(cancellationToken).ConfigureAwait(false);
            last = numbers[^1];
        }
    }

    private static async Task<IReadOnlyList<long>> NumbersAsync(DbConnection connection, DbTransaction transaction, long after, CancellationToken cancellationToken)
    {
        var numbers = new List<long>(RunsAtOnce);
        var sql = string.Create(CultureInfo.InvariantCulture, $"SELECT run_no FROM runs WHERE run_no > {after} ORDER BY run_no LIMIT {RunsAtOnce}");
        await RecordQuery.ReadAsync(connection, transaction, sql, values => numbers.Add((long)values[0]!), cancellationToken).ConfigureAwait(false);
        return numbers;
    }
}
