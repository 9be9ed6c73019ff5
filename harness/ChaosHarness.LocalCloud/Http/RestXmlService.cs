using System.Xml;
using System.Xml.Linq;
using ChaosHarness.Aws.Wire;

namespace ChaosHarness.LocalCloud.Http;

/// <summary>A service of resources, with bodies in XML.</summary>
internal abstract class RestXmlService(string signingName, XNamespace space) : RestService(signingName, ErrorDialect.Query)
{
    protected override AwsErrorException Unknown(string? operation) => HonouredMembers.NotImplemented("this operation of " + SigningName);

    protected override AwsErrorException Malformed(string message) => new("MalformedInput", message);

    protected override void Check(object input)
    {
        if (WireValidation.Mistakes(input) is { Count: > 0 } mistakes)
        {
            throw new AwsErrorException("InvalidInput", WireValidation.Message(mistakes));
        }
    }

    protected override void ReadBody(ApiRequest request, object input) => WireXml.ReadInto(Body(request), input);

    /// <summary>The members that a request gives, by their paths.</summary>
    protected override IReadOnlyDictionary<string, string> MembersOf(ApiRequest request)
    {
        var members = new Dictionary<string, string>(request.Query, StringComparer.Ordinal);
        if (request.Body.Length > 0)
        {
            Add(Body(request), "", members);
        }

        return members;
    }

    protected override ApiResponse Write(string operation, object output, ApiRequest request)
    {
        var document = new XElement(space + (operation + "Response"));
        WireXml.Write(output, document);
        return new ApiResponse(request.Method == "POST" && operation.StartsWith("Create", StringComparison.Ordinal) ? 201 : 200, "text/xml", ErrorDialect.Bytes(document));
    }

    private static void Add(XElement element, string path, Dictionary<string, string> members)
    {
        foreach (var child in element.Elements())
        {
            var name = path + child.Name.LocalName;
            if (child.HasElements)
            {
                Add(child, name + ".", members);
            }
            else
            {
                members[name] = child.Value;
            }
        }
    }

    private static XElement Body(ApiRequest request)
    {
        try
        {
            using var stream = new MemoryStream(request.Body);
            return XElement.Load(stream);
        }
        catch (XmlException exception)
        {
            throw new AwsErrorException("MalformedInput", exception.Message);
        }
    }
}
