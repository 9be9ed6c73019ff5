using System.Globalization;
using Docker.DotNet.Models;

namespace ChaosHarness.Containers.Engines;

/// <summary>The container that a compose project runs for a service, whatever it is called.</summary>
/// <param name="project">The name of the project.</param>
/// <param name="service">The service.</param>
/// <param name="number">Which of several; null where there is one.</param>
internal sealed class ComposeContainer(string project, string service, int? number) : ContainerSearch
{
    public override string Shown => string.Create(CultureInfo.InvariantCulture, $"container {(number is { } which ? $"{which} " : "")}of service '{service}' of compose project '{project}'");

    // Ended ones too, as after a crash; what was run once (compose run) is no part of the system.
    public override async Task<FoundContainer?> FindAsync(ContainerEngine engine, CancellationToken cancellationToken)
    {
        var parameters = new ContainersListParameters
        {
            All = true,
            Filters = new Dictionary<string, IDictionary<string, bool>> { ["label"] = Labels.ToDictionary(label => $"{label.Key}={label.Value}", _ => true) },
        };
        var found = await engine.AskAsync($"looking for {Shown}", (client, token) => client.Containers.ListContainersAsync(parameters, token), cancellationToken).ConfigureAwait(false);
        string[] parts = [.. found.Where(container => !IsRunOnce(container.Labels)).Select(container => container.ID)];
        return parts.Length > 1
            ? throw new EngineException(string.Create(CultureInfo.InvariantCulture, $"there are {parts.Length} containers of service '{service}' of compose project '{project}' on {engine.Endpoint}: say by its number which one is meant"))
            : parts.Length == 1 ? await engine.FindAsync(parts[0], cancellationToken).ConfigureAwait(false) : null;
    }

    // An engine tells the labels of a container with its events.
    public override bool IsOf(Message message) => message.Actor?.Attributes is { } attributes
        && Array.TrueForAll(Labels, label => attributes.TryGetValue(label.Key, out var value) && value == label.Value)
        && !IsRunOnce(attributes);

    private KeyValuePair<string, string>[] Labels =>
    [
        new(ContainerLabels.Project, project), new(ContainerLabels.Service, service), .. number is { } which ? [new(ContainerLabels.Number, which.ToString(CultureInfo.InvariantCulture))] : Array.Empty<KeyValuePair<string, string>>(),
    ];

    private static bool IsRunOnce(IDictionary<string, string>? labels) => labels is not null && labels.TryGetValue(ContainerLabels.OneOff, out var once) && string.Equals(once, "true", StringComparison.OrdinalIgnoreCase);
}
