using System.Globalization;
using System.Net.Sockets;
using System.Text;
using ChaosHarness.SystemFiles.Sections;

namespace ChaosHarness.SystemFiles.Traffic;

/// <summary>A connection to Redis that sends one command and reads its answer. Without retries and without reconnecting: both would hide a failure.</summary>
internal sealed class RedisConnection : IAsyncDisposable
{
    private const int LongestLine = 64 * 1024;
    private const int LongestText = 64 * 1024 * 1024;
    private const int MostItems = 10_000_000;
    private const int Deepest = 4;
    private readonly TcpClient _client;
    private readonly BufferedStream _stream;

    private RedisConnection(TcpClient client)
    {
        _client = client;
        _stream = new BufferedStream(client.GetStream(), 16 * 1024);
    }

    public static async Task<RedisConnection> OpenAsync(Endpoint address, string? user, string? password, CancellationToken cancellationToken)
    {
        var client = new TcpClient { NoDelay = true };
        try
        {
            await client.ConnectAsync(address.Host, address.Port, cancellationToken).ConfigureAwait(false);
            var connection = new RedisConnection(client);
            if (password is not null)
            {
                await connection.AskAsync(user is null ? ["AUTH", password] : ["AUTH", user, password], cancellationToken).ConfigureAwait(false);
            }

            return connection;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Sends a command.</summary>
    /// <returns>The texts and numbers of its answer, in their order.</returns>
    /// <exception cref="RedisErrorException">The answer is an error.</exception>
    /// <exception cref="IOException">The connection broke, or what answers is no Redis.</exception>
    public async Task<IReadOnlyList<string>> AskAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        var request = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"*{command.Count}\r\n"));
        foreach (var word in command)
        {
            request.Append(CultureInfo.InvariantCulture, $"${Encoding.UTF8.GetByteCount(word)}\r\n{word}\r\n");
        }

        await _stream.WriteAsync(Encoding.UTF8.GetBytes(request.ToString()), cancellationToken).ConfigureAwait(false);
        await _stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        var texts = new List<string>();
        await ReadAsync(texts, 0, cancellationToken).ConfigureAwait(false);
        return texts;
    }

    public async ValueTask DisposeAsync()
    {
        _client.LingerState = new LingerOption(true, 0);
        _client.Dispose();
        await Task.CompletedTask.ConfigureAwait(false);
    }

    private async Task ReadAsync(List<string> texts, int depth, CancellationToken cancellationToken)
    {
        var line = await LineAsync(cancellationToken).ConfigureAwait(false);
        switch (line)
        {
            case ['+' or ':', .. var text]:
                texts.Add(text);
                break;
            case ['-', .. var error]:
                throw new RedisErrorException(error);
            case ['$', .. var length] when Number(length, LongestText) is { } count:
                if (count >= 0)
                {
                    texts.Add(await TextAsync(count, cancellationToken).ConfigureAwait(false));
                }

                break;
            case ['*', .. var items] when depth < Deepest && Number(items, MostItems) is { } number:
                for (var item = 0; item < number; item++)
                {
                    await ReadAsync(texts, depth + 1, cancellationToken).ConfigureAwait(false);
                }

                break;
            default:
                throw new IOException("what answers is no Redis, or its answer is too large");
        }
    }

    private static int? Number(string text, int most) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= -1 && number <= most ? number : null;

    private async Task<string> TextAsync(int length, CancellationToken cancellationToken)
    {
        var bytes = new byte[length + 2];
        await _stream.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    private async Task<string> LineAsync(CancellationToken cancellationToken)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (line is not [.., (byte)'\r', (byte)'\n'])
        {
            if (line.Count > LongestLine || await _stream.ReadAsync(one, cancellationToken).ConfigureAwait(false) == 0)
            {
                throw new IOException(line.Count > LongestLine ? "what answers is no Redis" : "the server closed the connection");
            }

            line.Add(one[0]);
        }

        return Encoding.UTF8.GetString([.. line[..^2]]);
    }
}
