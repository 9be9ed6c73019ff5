using System.Net.Sockets;
using System.Text.Json;
using Docker.DotNet;

namespace ChaosHarness.Containers.Engines;

/// <summary>Why an engine did not do what it was asked to, in words that say what to do next.</summary>
internal static class EngineTrouble
{
    /// <summary>Whether an exception says something of the engine, and nothing of the code that asked it.</summary>
    public static bool IsOfTheEngine(Exception exception) => exception is DockerApiException or HttpRequestException or IOException or SocketException or AggregateException or TimeoutException or UnauthorizedAccessException
        or JsonException or DockerConfigurationException or SshDockerEndpointNotSupportedException or OperationCanceledException;

    public static EngineException Of(Exception exception, Uri endpoint, string what) => new($"{what}: {Words(exception, endpoint)}", exception);

    public static EngineException TooSlow(TimeSpan patience, Uri endpoint, string what) => new(
        FormattableString.Invariant($"{what}: the container engine at {endpoint} did not answer within {patience.TotalSeconds:0.#} s. Its daemon may hang: see whether `docker ps` answers, and start it again if not"));

    /// <summary>What the engine itself said.</summary>
    public static string Said(DockerApiException exception)
    {
        try
        {
            using var body = JsonDocument.Parse(exception.ResponseBody ?? "");
            return body.RootElement.ValueKind == JsonValueKind.Object && body.RootElement.TryGetProperty("message", out var message) ? message.GetString() ?? "" : exception.Message;
        }
        catch (JsonException)
        {
            return exception.Message;
        }
    }

    private static string Words(Exception exception, Uri endpoint) => Causes(exception) switch
    {
        var causes when causes.OfType<DockerApiException>().FirstOrDefault() is { } answer => $"the engine said: {Said(answer).TrimEnd('.')}{WhatToDo(answer)}",
        var causes when causes.OfType<SshDockerEndpointNotSupportedException>().Any() =>
            $"{endpoint} is reached over ssh, which the client does not speak. Forward its socket: `ssh -NL /tmp/engine.sock:/var/run/docker.sock HOST`, and DOCKER_HOST=unix:///tmp/engine.sock",
        var causes when causes.Any(cause => cause is UnauthorizedAccessException or SocketException { SocketErrorCode: SocketError.AccessDenied }) =>
            $"{Environment.UserName} may not use the container engine at {endpoint}. Let the user join the group of its socket (`usermod -aG docker {Environment.UserName}`, then log in again), or name an engine of the user's own by DOCKER_HOST",
        var causes when causes.OfType<SocketException>().Any() =>
            $"no container engine answers at {endpoint}. Start one (`systemctl start docker`, or `podman system service --time=0` for podman), or name another by DOCKER_HOST",
        var causes when causes.OfType<DockerConfigurationException>().FirstOrDefault() is { } configuration => $"{configuration.Message.TrimEnd('.')}. Name the engine by DOCKER_HOST",
        _ => $"the connection to the container engine at {endpoint} failed ({exception.GetBaseException().Message.TrimEnd('.')}). See whether its daemon is still there: `docker ps`",
    };

    private static string WhatToDo(DockerApiException answer) => Said(answer).Contains("API version", StringComparison.OrdinalIgnoreCase) ? ". The engine is too old or too new for this client: update the engine" : "";

    private static List<Exception> Causes(Exception exception)
    {
        var causes = new List<Exception>();
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            causes.Add(cause);
        }

        return causes;
    }
}
