using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;

namespace ChaosHarness.Aspire.Links;

/// <summary>
/// Values of a resource's environment and arguments with each endpoint that they refer to, however deep, as that resource is to see it: addresses,
/// connection strings and their parts. What refers to none stays the very same.
/// </summary>
internal sealed partial class LinkedValues(IResource consumer, ChaosLinks links)
{
    public object Of(object value) => Of(value, []);

    /// <param name="value">The value.</param>
    /// <param name="within">The resources whose connection strings it is a part of: one that is a parameter has itself for its connection string.</param>
    private object Of(object value, ImmutableHashSet<IResource> within) => value switch
    {
        EndpointReference endpoint => Linked(endpoint, EndpointProperty.Url, value, endpoint),
        EndpointReferenceExpression { Property: not EndpointProperty.TargetPort } part => Linked(part.Endpoint, part.Property, value, part),
        ReferenceExpression expression => Of(expression, within),
        ConnectionStringReference reference => OfString(reference.Resource, value, within),
        IResourceWithConnectionString resource => OfString(resource, value, within),
        _ => value,
    };

    private object Linked(EndpointReference endpoint, EndpointProperty property, object value, IManifestExpressionProvider expression) =>
        links.Between(consumer, endpoint) is { } linked ? new LinkedValue(linked, property, expression.ValueExpression) : value;

    private object OfString(IResourceWithConnectionString resource, object value, ImmutableHashSet<IResource> within)
    {
        var source = resource;
        while (!within.Contains(source) && source.TryGetLastAnnotation<ConnectionStringRedirectAnnotation>(out var redirect))
        {
            within = within.Add(source);
            source = redirect.Resource;
        }

        if (within.Contains(source))
        {
            return value;
        }

        var text = source.ConnectionStringExpression;
        var linked = Of(text, within.Add(source));
        return ReferenceEquals(linked, text) ? value : linked;
    }

    private ReferenceExpression Of(ReferenceExpression expression, ImmutableHashSet<IResource> within)
    {
        if (expression is { IsConditional: true, Condition: { } condition, MatchValue: { } match, WhenTrue: { } whenTrue, WhenFalse: { } whenFalse })
        {
            var (left, right) = (Of(whenTrue, within), Of(whenFalse, within));
            return ReferenceEquals(left, whenTrue) && ReferenceEquals(right, whenFalse) ? expression : ReferenceExpression.CreateConditional(condition, match, left, right);
        }

        var parts = expression.ValueProviders.Select(part => Of(part, within)).ToList();
        return parts.SequenceEqual(expression.ValueProviders) ? expression : Rebuilt(expression, parts);
    }

    // The text in between is taken as it stands, with its braces doubled: so the builder wants it.
    private static ReferenceExpression Rebuilt(ReferenceExpression expression, List<object> parts)
    {
        var builder = new ReferenceExpressionBuilder();
        var end = 0;
        foreach (var place in Places().Matches(expression.Format).Where(place => place.Groups["number"].Success))
        {
            builder.AppendLiteral(expression.Format[end..place.Index]);
            var number = int.Parse(place.Groups["number"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
            builder.AppendValueProvider(parts[number], expression.StringFormats[number]);
            end = place.Index + place.Length;
        }

        builder.AppendLiteral(expression.Format[end..]);
        return builder.Build();
    }

    [GeneratedRegex(@"\{\{|\}\}|\{(?<number>\d+)\}")]
    private static partial Regex Places();
}
