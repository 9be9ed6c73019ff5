using ChaosHarness.Containers.Engines;
using ChaosHarness.Experiments;

namespace ChaosHarness.SystemFiles.Discovery;

/// <summary>Asks the container engine of this user which containers run.</summary>
internal static class EngineContainers
{
    private const int Most = 1000;

    /// <summary>The containers that run.</summary>
    /// <param name="endpoint">Where the engine answers; null for the one that the command docker would use.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The containers, and why they are not known; neither where there is no engine and nobody named one.</returns>
    public static async Task<(IReadOnlyList<RunningContainer> Containers, string? Problem)> AskAsync(Uri? endpoint, CancellationToken cancellationToken)
    {
        try
        {
            using var engine = endpoint is null ? new ContainerEngine() : new ContainerEngine(endpoint);
            var isNamed = endpoint is not null || Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 };
            if (!isNamed && engine.Endpoint is { Scheme: "unix" } usual && !File.Exists(usual.LocalPath))
            {
                return ([], null);
            }

            return ([.. (await engine.RunningAsync(cancellationToken).ConfigureAwait(false)).Take(Most)], null);
        }
        catch (NotRunException exception)
        {
            return ([], $"Which containers run is not known: {exception.Message.TrimEnd('.')}.");
        }
    }
}
