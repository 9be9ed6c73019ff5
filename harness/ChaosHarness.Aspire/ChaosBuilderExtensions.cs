using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using ChaosHarness.Aspire.Links;
using Microsoft.Extensions.DependencyInjection;

namespace ChaosHarness.Aspire;

/// <summary>Puts proxies between the resources of an application.</summary>
public static class ChaosBuilderExtensions
{
    /// <summary>
    /// Gives each project and executable the address of a proxy wherever its environment or its arguments refer to an endpoint of another resource:
    /// addresses, service discovery, connection strings. The application itself is not changed. Nothing is done where it is published and not run.
    /// </summary>
    /// <typeparam name="T">The kind of builder.</typeparam>
    /// <param name="builder">The builder of the application, before it is built.</param>
    /// <returns>The same builder.</returns>
    public static T AddChaos<T>(this T builder)
        where T : IDistributedApplicationBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (!builder.ExecutionContext.IsRunMode || builder.Services.Any(service => service.ServiceType == typeof(ChaosLinks)))
        {
            return builder;
        }

        builder.Services.AddSingleton<ChaosLinks>();
        // Only then all that adds to an environment has done so.
        builder.Eventing.Subscribe<BeforeStartEvent>(async (start, cancellationToken) =>
        {
            var links = start.Services.GetRequiredService<ChaosLinks>();
            await links.StartAsync(cancellationToken).ConfigureAwait(false);
            foreach (var resource in start.Model.Resources.Where(BeginsLinks))
            {
                Link(resource, new LinkedValues(resource, links));
            }
        });
        return builder;
    }

    // Proxies listen on this machine alone, where a container does not reach them.
    private static bool BeginsLinks(IResource resource) => resource is ProjectResource or ExecutableResource && !resource.IsContainer();

    private static void Link(IResource resource, LinkedValues values)
    {
        resource.Annotations.Add(new EnvironmentCallbackAnnotation(context =>
        {
            foreach (var (name, value) in context.EnvironmentVariables.ToList())
            {
                context.EnvironmentVariables[name] = values.Of(value);
            }
        }));
        resource.Annotations.Add(new CommandLineArgsCallbackAnnotation(arguments =>
        {
            for (var i = 0; i < arguments.Count; i++)
            {
                arguments[i] = values.Of(arguments[i]);
            }
        }));
    }
}
