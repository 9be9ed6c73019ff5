using Docker.DotNet.Models;

namespace ChaosHarness.Containers.Engines;

/// <summary>The container of a name or id.</summary>
/// <param name="reference">The name or id; asked for each time, as it may be known only later.</param>
internal sealed class NamedContainer(Func<string> reference) : ContainerSearch
{
    private const int LeastOfId = 12;

    public override string Shown => $"container '{reference()}'";

    public override Task<FoundContainer?> FindAsync(ContainerEngine engine, CancellationToken cancellationToken) => engine.FindAsync(reference(), cancellationToken);

    public override bool IsOf(Message message)
    {
        var wanted = reference().TrimStart('/');
        return message.Actor is { } actor && ((actor.Attributes?.TryGetValue("name", out var name) == true && name == wanted) || (wanted.Length >= LeastOfId && actor.ID?.StartsWith(wanted, StringComparison.Ordinal) == true));
    }
}
