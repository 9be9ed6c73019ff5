using System.Runtime.CompilerServices;
using ChaosHarness.Histories;
using ChaosHarness.SystemFiles.Forms;
using ChaosHarness.SystemFiles.Sections;
using ChaosHarness.Workloads;

namespace ChaosHarness.SystemFiles.Traffic;

/// <summary>Writes to Redis as a file describes them.</summary>
internal static class RedisWrites
{
    public static (Workload Workload, IAsyncDisposable? Held) Of(string name, double rate, Values values)
    {
        var (address, user, password) = (values.Get(RedisSection.Address)!, values.Get(RedisSection.User), values.Get(RedisSection.Password));
        var pool = new ConnectionPool<RedisConnection>(token => RedisConnection.OpenAsync(address, user, password, token));
        var template = values.Get(RedisSection.Write)!;
        var workload = new Workload(name, rate, (write, token) => pool.UseAsync((connection, within) => SendAsync(connection, [.. template.Select(word => IdText.Fill(word, write.Id))], within), token));
        return (values.Get(RedisSection.ReadBack) is { } query ? workload.ReadBack(token => StoredAsync(pool, query, token)) : workload, pool);
    }

    private static async ValueTask<WriteOutcome> SendAsync(RedisConnection connection, IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        try
        {
            await connection.AskAsync(command, cancellationToken).ConfigureAwait(false);
            return WriteOutcome.Ack();
        }
        catch (RedisErrorException exception)
        {
            // The connection is as good as before.
            return WriteOutcome.Refused(exception.Message.Split(' ')[0]);
        }
    }

    private static async IAsyncEnumerable<StoredId> StoredAsync(ConnectionPool<RedisConnection> pool, IReadOnlyList<string> query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var text in await pool.UseAsync(async (connection, token) => await connection.AskAsync(query, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false))
        {
            if (IdText.Find(text) is { } id)
            {
                yield return id;
            }
        }
    }
}
