using Docker.DotNet;

namespace ChaosHarness.Containers.Engines;

/// <summary>Where the container engine of this user is.</summary>
internal static class EngineEndpoint
{
    /// <summary>A client of the engine that the command docker would use; of podman's or a rootless one, where there is no other.</summary>
    /// <exception cref="DockerConfigurationException">The settings of the user name none that can be used.</exception>
    public static DockerClient Default()
    {
        var client = new DockerClientBuilder().WithTimeout(Timeout.InfiniteTimeSpan).Build();
        if (client.Options.Endpoint is { Scheme: "unix" } usual && !File.Exists(usual.LocalPath) && Others().FirstOrDefault(File.Exists) is { } other && !IsChosen())
        {
            client.Dispose();
            return Of(new Uri("unix://" + other));
        }

        return client;
    }

    /// <summary>A client of one engine; certificates come from where the command docker has them.</summary>
    public static DockerClient Of(Uri endpoint) => new DockerClientBuilder().WithEndpoint(endpoint).WithTimeout(Timeout.InfiniteTimeSpan).Build();

    private static bool IsChosen() => Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 } || Environment.GetEnvironmentVariable("DOCKER_CONTEXT") is { Length: > 0 };

    private static IEnumerable<string> Others()
    {
        if (Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } runtime)
        {
            yield return Path.Combine(runtime, "docker.sock");
            yield return Path.Combine(runtime, "podman", "podman.sock");
        }

        yield return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".docker", "run", "docker.sock");
        yield return "/run/podman/podman.sock";
    }
}
