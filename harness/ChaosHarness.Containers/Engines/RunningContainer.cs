using System.Globalization;
using Docker.DotNet.Models;

namespace ChaosHarness.Containers.Engines;

/// <summary>A container that runs, as its engine lists it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Image">What it was made of.</param>
/// <param name="Ports">The ports of the engine's machine that lead to it, in order.</param>
/// <param name="Project">The compose project that it belongs to; null for none.</param>
/// <param name="Service">The service of that project that it is; null for none.</param>
/// <param name="Number">Which of several of the service, from 1; null for none.</param>
public sealed record RunningContainer(string Id, string Name, string Image, IReadOnlyList<int> Ports, string? Project, string? Service, int? Number)
{
    internal static RunningContainer Of(ContainerListResponse answer) => new(
        answer.ID ?? "",
        answer.Names is [{ Length: > 1 } name, ..] ? name.TrimStart('/') : answer.ID ?? "",
        answer.Image ?? "",
        [.. (answer.Ports ?? []).Select(port => (int)(port.PublicPort ?? 0)).Where(port => port > 0).Distinct().Order()],
        Label(answer, ContainerLabels.Project),
        Label(answer, ContainerLabels.Service),
        int.TryParse(Label(answer, ContainerLabels.Number), CultureInfo.InvariantCulture, out var number) ? number : null);

    private static string? Label(ContainerListResponse answer, string label) => answer.Labels?.TryGetValue(label, out var value) == true && value.Length > 0 ? value : null;
}
