using System.Text;
using System.Xml.Linq;
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
            if (protocol == WireProtocol.RestJson)
            {
                WriteJson(request, input, shape);
            }
            else
            {
                WriteXml(request, input, shape);
            }
        }

        return request;
    }

    private static void WriteJson(DefaultRequest request, AmazonWebServiceRequest input, WireShape shape)
    {
        request.Headers["Accept"] = "application/json";
        if (shape.Operation!.Method is "POST" or "PATCH" or "PUT")
        {
            request.Content = HasBody(shape) ? WireJson.Write(input) : Encoding.UTF8.GetBytes("{}");
            request.Headers["Content-Type"] = "application/json";
        }
    }

    private void WriteXml(DefaultRequest request, AmazonWebServiceRequest input, WireShape shape)
    {
        if (HasBody(shape))
        {
            XNamespace space = $"https://{service}.amazonaws.com/doc/{version}/";
            var body = new XElement(space + (shape.Operation!.Name + "Request"));
            WireXml.Write(input, body);
            request.Content = Encoding.UTF8.GetBytes(body.ToString(SaveOptions.DisableFormatting));
            request.Headers["Content-Type"] = "application/xml";
        }
    }

    private static bool HasBody(WireShape shape) => shape.Members.Any(member => member.Wire.Location == WireLocation.Body);

    private void WriteRest(DefaultRequest request, AmazonWebServiceRequest input, WireShape shape)
    {
        request.UseQueryString = true;
        foreach (var member in shape.Members.Where(member => member.Wire.Location == WireLocation.Path))
        {
            var value = member.Get(input) ?? throw new AmazonClientException($"{shape.Operation!.Name} needs {member.Name}.");
            // Ids come with the kind of the resource before them, such as /hostedzone/Z1, and are sent without.
            var text = WireShape.ToText(value);
            request.AddPathResource("{" + member.Name + "}", protocol == WireProtocol.RestXml ? text[(text.LastIndexOf('/') + 1)..] : text);
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
    }
}
