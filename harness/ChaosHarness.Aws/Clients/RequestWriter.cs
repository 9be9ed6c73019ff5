using System.Text;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using ChaosHarness.Aws.Wire;

namespace ChaosHarness.Aws.Clients;

/// <summary>Turns a request into what goes over the wire.</summary>
internal sealed class RequestWriter(WireProtocol protocol, string version, string service) : IMarshaller<IRequest, AmazonWebServiceRequest>
{
    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var shape = WireShape.Of(input.GetType());
        foreach (var token in shape.Members.Where(member => member.Wire.IsToken && member.Get(input) is null))
        {
            token.Set(input, Guid.NewGuid().ToString());
        }

        var operation = shape.Operation!;
        var request = new DefaultRequest(input, service) { HttpMethod = operation.Method, ResourcePath = operation.Uri };
        if (protocol == WireProtocol.Query)
        {
            request.Parameters["Action"] = operation.Name;
            request.Parameters["Version"] = version;
            WireQuery.Write(input, request.Parameters);
            request.ResourcePath = "/";
        }
        else
        {
            WriteRest(request, input, shape);
        }

        return request;
    }

    private static void WriteRest(DefaultRequest request, AmazonWebServiceRequest input, WireShape shape)
    {
        request.UseQueryString = true;
        foreach (var member in shape.Members.Where(member => member.Wire.Location == WireLocation.Path))
        {
            var value = member.Get(input) ?? throw new AmazonClientException($"{shape.Operation!.Name} needs {member.Name}.");
            request.AddPathResource("{" + member.Name + "}", WireShape.ToText(value));
        }

        foreach (var member in shape.Members.Where(member => member.Wire.Location == WireLocation.Query))
        {
            switch (member.Get(input))
            {
                case null:
                    break;
                case List<string> values:
                    request.ParameterCollection.Add(member.Name, values);
                    break;
                case var value:
                    request.Parameters[member.Name] = WireShape.ToText(value);
                    break;
            }
        }

        request.Headers["Accept"] = "application/json";
        if (shape.Operation!.Method is "POST" or "PATCH" or "PUT")
        {
            request.Content = shape.Members.Any(member => member.Wire.Location == WireLocation.Body) ? WireJson.Write(input) : Encoding.UTF8.GetBytes("{}");
            request.Headers["Content-Type"] = "application/json";
        }
    }
}
