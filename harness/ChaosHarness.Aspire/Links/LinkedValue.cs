using Aspire.Hosting.ApplicationModel;

namespace ChaosHarness.Aspire.Links;

/// <summary>A property of an endpoint, such as its address, as one consumer sees it.</summary>
internal sealed class LinkedValue(LinkedEndpoint endpoint, EndpointProperty property, string expression) : IValueProvider, IManifestExpressionProvider
{
    public string ValueExpression => expression;

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => GetValueAsync(new ValueProviderContext(), cancellationToken);

    public async ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken = default) =>
        await (await endpoint.SeenAsync(cancellationToken).ConfigureAwait(false)).Property(property).GetValueAsync(context, cancellationToken).ConfigureAwait(false);
}
