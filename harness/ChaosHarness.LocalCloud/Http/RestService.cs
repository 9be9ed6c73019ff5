using ChaosHarness.Aws.Wire;

namespace ChaosHarness.LocalCloud.Http;

/// <summary>A service of resources: which operation is meant is in the method and the path.</summary>
internal abstract class RestService(string signingName, ErrorDialect errors) : ShapedService(signingName, errors)
{
    public override string? OperationOf(ApiRequest request) => Match(request).Shape?.Operation!.Name;

    protected override void Read(ApiRequest request, object input, WireShape shape)
    {
        foreach (var (name, value) in Match(request).Values)
        {
            shape.ByName[name].Set(input, value);
        }

        foreach (var member in shape.Members.Where(member => member.Wire.Location == WireLocation.Query))
        {
            var values = UrlText.Pairs(request.RawQuery).Where(pair => pair.Name == member.Name).Select(pair => pair.Value).ToList();
            if (values.Count > 0)
            {
                member.Set(input, WireShape.IsList(member.Type) ? values : WireShape.FromText(values[0], member.Type));
            }
        }

        if (request.Body.Length > 0)
        {
            ReadBody(request, input);
        }
    }

    /// <exception cref="FormatException">It cannot be read.</exception>
    protected abstract void ReadBody(ApiRequest request, object input);

    private (WireShape? Shape, IReadOnlyList<(string Name, string Value)> Values) Match(ApiRequest request)
    {
        var parts = request.RawPath.Split('/');
        foreach (var shape in Requests)
        {
            if (shape.Operation!.Method == request.Method && Values(shape.Operation.Uri.Split('/'), parts) is { } values)
            {
                return (shape, values);
            }
        }

        return (null, []);
    }

    private static List<(string Name, string Value)>? Values(string[] pattern, string[] parts)
    {
        if (pattern.Length != parts.Length)
        {
            return null;
        }

        var values = new List<(string, string)>();
        foreach (var (expected, part) in pattern.Zip(parts))
        {
            if (expected.StartsWith('{'))
            {
                values.Add((expected[1..^1], UrlText.Decode(part)));
            }
            else if (expected != part)
            {
                return null;
            }
        }

        return values;
    }
}
