using System.Net;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;
using ChaosHarness.Aws.Wire;

namespace ChaosHarness.Aws.Clients;

/// <summary>Reads a response, or the error that came in its place.</summary>
internal sealed class ResponseReader<TResponse>(WireProtocol protocol, ServiceErrors errors) : ResponseUnmarshaller
    where TResponse : AmazonWebServiceResponse, new()
{
    public override AmazonWebServiceResponse Unmarshall(UnmarshallerContext input)
    {
        var response = new TResponse { ResponseMetadata = new ResponseMetadata { RequestId = RequestId(input) } };
        var body = Body(input);
        if (protocol == WireProtocol.RestJson)
        {
            if (body.Length > 0)
            {
                using var json = JsonDocument.Parse(body);
                WireJson.ReadInto(json.RootElement, response);
            }
        }
        else if (body.Length > 0)
        {
            var document = Parse(body);
            var result = protocol == WireProtocol.RestXml ? document : document.Elements().FirstOrDefault(element => element.Name.LocalName.EndsWith("Result", StringComparison.Ordinal));
            if (result is not null)
            {
                WireXml.ReadInto(result, response);
            }

            response.ResponseMetadata.RequestId ??= document.Descendants().FirstOrDefault(element => element.Name.LocalName == "RequestId")?.Value;
        }

        return response;
    }

    public override AmazonServiceException UnmarshallException(UnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
    {
        var body = Body(input);
        var (code, message, request) = protocol == WireProtocol.RestJson ? JsonError(input, body) : XmlError(body);
        return errors.Make(code, message, innerException, request ?? RequestId(input), statusCode);
    }

    protected override UnmarshallerContext ConstructUnmarshallerContext(Stream responseStream, bool maintainResponseBody, IWebResponseData response, bool isException) =>
        new JsonUnmarshallerContext(responseStream, maintainResponseBody, response, isException);

    protected override UnmarshallerContext ConstructUnmarshallerContext(Stream responseStream, bool maintainResponseBody, IWebResponseData response, bool isException, IRequestContext requestContext) =>
        new JsonUnmarshallerContext(responseStream, maintainResponseBody, response, isException, requestContext);

    private static byte[] Body(UnmarshallerContext input)
    {
        using var copy = new MemoryStream();
        ((JsonUnmarshallerContext)input).Stream.CopyTo(copy);
        return copy.ToArray();
    }

    private static string? RequestId(UnmarshallerContext input) =>
        input.ResponseData.IsHeaderPresent("x-amzn-RequestId") ? input.ResponseData.GetHeaderValue("x-amzn-RequestId") : null;

    // The code comes in a header, or in the body with a namespace before it or an address behind it.
    private static (string? Code, string? Message, string? Request) JsonError(UnmarshallerContext input, byte[] body)
    {
        var code = input.ResponseData.IsHeaderPresent("x-amzn-ErrorType") ? input.ResponseData.GetHeaderValue("x-amzn-ErrorType") : null;
        string? message = null;
        try
        {
            using var json = JsonDocument.Parse(body);
            foreach (var member in json.RootElement.EnumerateObject())
            {
                switch (member.Name.ToUpperInvariant())
                {
                    case "__TYPE" or "CODE":
                        code ??= member.Value.ToString();
                        break;
                    case "MESSAGE":
                        message ??= member.Value.ToString();
                        break;
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not the service itself answered, but something before it: the status has to do.
        }

        return (code?.Split(':')[0].Split('#')[^1], message, null);
    }

    private static (string? Code, string? Message, string? Request) XmlError(byte[] body)
    {
        try
        {
            var document = Parse(body);
            return (Text("Code"), Text("Message"), Text("RequestId"));

            string? Text(string name) => document.Descendants().FirstOrDefault(element => element.Name.LocalName == name)?.Value;
        }
        catch (XmlException)
        {
            return (null, null, null);
        }
    }

    private static XElement Parse(byte[] body)
    {
        using var stream = new MemoryStream(body);
        return XElement.Load(stream);
    }
}
