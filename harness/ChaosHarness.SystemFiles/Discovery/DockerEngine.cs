using System.Net.Sockets;
using System.Text.Json;

namespace ChaosHarness.SystemFiles.Discovery;

/// <summary>Asks the Docker engine of this machine which containers run, over its socket.</summary>
internal static class DockerEngine
{
    private const string Usual = "/var/run/docker.sock";
    private const int LongestAnswer = 8 << 20;
    private const int MostContainers = 1000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Where it listens: DOCKER_HOST, or the usual socket; null where there is none on this machine.</summary>
    public static string? Socket => Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 } host
        ? host.StartsWith("unix://", StringComparison.Ordinal) ? host["unix://".Length..] : null
        : File.Exists(Usual) ? Usual : null;

    /// <summary>The containers that run.</summary>
    /// <param name="socket">Where the engine listens.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The containers, and why they are not known.</returns>
    public static async Task<(IReadOnlyList<FoundContainer> Containers, string? Problem)> AskAsync(string socket, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = async (_, token) =>
            {
                var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), token).ConfigureAwait(false);
                    return new NetworkStream(connection, ownsSocket: true);
                }
                catch
                {
                    connection.Dispose();
                    throw;
                }
            },
        };
        using var client = new HttpClient(handler) { BaseAddress = new Uri("http://docker"), Timeout = Patience, MaxResponseContentBufferSize = LongestAnswer };
        try
        {
            using var answer = JsonDocument.Parse(await client.GetByteArrayAsync(new Uri("/containers/json", UriKind.Relative), cancellationToken).ConfigureAwait(false));
            return ([.. answer.RootElement.EnumerateArray().Take(MostContainers).Select(Container).OrderBy(container => container.Name, StringComparer.Ordinal)], null);
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or JsonException or InvalidOperationException or KeyNotFoundException && !cancellationToken.IsCancellationRequested)
        {
            return ([], $"Docker at {socket} could not be asked which containers run: {exception.Message}");
        }
    }

    private static FoundContainer Container(JsonElement container)
    {
        var name = container.GetProperty("Names").EnumerateArray().First().GetString()!.TrimStart('/');
        var ports = container.TryGetProperty("Ports", out var all) && all.ValueKind == JsonValueKind.Array ? all.EnumerateArray().Where(port => port.TryGetProperty("PublicPort", out _)).Select(port => port.GetProperty("PublicPort").GetInt32()).Distinct().Order().ToList() : [];
        var service = container.TryGetProperty("Labels", out var labels) && labels.ValueKind == JsonValueKind.Object && labels.TryGetProperty("com.docker.compose.service", out var label) ? label.GetString() : null;
        return new FoundContainer(name, container.GetProperty("Image").GetString() ?? "", ports, service);
    }
}
