using Docker.DotNet.Models;

namespace ChaosHarness.Containers.Engines;

/// <summary>A container as its engine described it at a moment.</summary>
internal sealed class FoundContainer(ContainerInspectResponse answer)
{
    public string Id => answer.ID;

    /// <summary>Without the stroke that engines put before it.</summary>
    public string Name => answer.Name.TrimStart('/');

    public State State { get; } = answer.State ?? new State();

    public HostConfig Host { get; } = answer.HostConfig ?? new HostConfig();

    public IDictionary<string, EndpointSettings> Networks => answer.NetworkSettings?.Networks ?? new Dictionary<string, EndpointSettings>();

    /// <summary>The ports of the engine's machine that lead to it.</summary>
    public IEnumerable<string> PublishedPorts => (answer.NetworkSettings?.Ports?.Values ?? []).Where(bindings => bindings is not null).SelectMany(bindings => bindings).Select(binding => binding.HostPort);

    /// <summary>Whether its health check holds; one that has none is healthy as long as it runs.</summary>
    public bool IsReady => State is { Running: true, Paused: false, Health: null or { Status: "healthy" or "none" or "" or null } };
}
