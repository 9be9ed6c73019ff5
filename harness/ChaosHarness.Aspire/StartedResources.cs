using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using ChaosHarness.Systems;

namespace ChaosHarness.Aspire;

/// <summary>Finds what an application has started: Aspire names the instances of its resources anew each time, and tells them by its notifications alone.</summary>
internal static class StartedResources
{
    public static IReadOnlyList<AspireResource> Of(DistributedApplication application, AspireSystemOptions options) =>
    [
        .. Known(application.ResourceNotifications)
            .Where(known => CanRun(known.Resource) && IsPart(known.Snapshot))
            .GroupBy(known => known.Resource)
            .OrderBy(instances => instances.Key.Name, StringComparer.Ordinal)
            .Select(instances => Resource(application, instances.Key, [.. instances.Select(known => known.ResourceId).Order(StringComparer.Ordinal)], options)),
    ];

    private static AspireResource Resource(DistributedApplication application, IResource resource, IReadOnlyList<string> ids, AspireSystemOptions options)
    {
        var kind = options.Kinds.GetValueOrDefault(resource.Name, ComponentKind.Service);
        return new AspireResource(resource.Name, [.. ids.Select((id, index) => new AspireReplica(application, resource, id, new Component(NameOf(resource, ids, index), kind)))]);
    }

    private static string NameOf(IResource resource, IReadOnlyList<string> ids, int index) => ids.Count == 1 ? resource.Name : string.Create(CultureInfo.InvariantCulture, $"{resource.Name}-{index + 1}");

    private static bool IsPart(CustomResourceSnapshot snapshot) => !snapshot.IsHidden && ReplicaState.Of(snapshot) is { IsDone: false } state && state.Text != KnownResourceStates.NotStarted;

    private static bool CanRun(IResource resource) => resource is ProjectResource or ExecutableResource || resource.IsContainer();

    // Whoever begins to watch is told at once what is known already; the first that has to be waited for is news.
    private static List<ResourceEvent> Known(ResourceNotificationService notifications)
    {
        using var end = new CancellationTokenSource();
        var watch = notifications.WatchAsync(end.Token).GetAsyncEnumerator(end.Token);
        var known = new Dictionary<string, ResourceEvent>();
        var next = watch.MoveNextAsync().AsTask();
        while (next is { IsCompletedSuccessfully: true, Result: true })
        {
            known[watch.Current.ResourceId] = watch.Current;
            next = watch.MoveNextAsync().AsTask();
        }

        end.Cancel();
        _ = EndAsync(watch, next);
        return [.. known.Values];
    }

    private static async Task EndAsync(IAsyncEnumerator<ResourceEvent> watch, Task<bool> last)
    {
        try
        {
            await last.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // As asked for.
        }

        await watch.DisposeAsync().ConfigureAwait(false);
    }
}
