using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AwsClients;

/// <summary>Writes one client: a file for each operation, and one each for structures, constants and exceptions.</summary>
internal sealed class ClientWriter
{
    private readonly ServiceModel _model;
    private readonly string _service;
    private readonly string _folder;
    private readonly HashSet<string> _structures = new(StringComparer.Ordinal);
    private readonly HashSet<string> _constants = new(StringComparer.Ordinal);
    private readonly HashSet<string> _errors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Heading, List<string> Types)> _files = new(StringComparer.Ordinal);

    private ClientWriter(ServiceModel model, string service, string folder)
    {
        _model = model;
        _service = service;
        _folder = folder;
    }

    private string Client => "Amazon" + _service;

    private string Root => "Amazon." + _service;

    public static void Write(ServiceModel model, string service, string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(Path.Combine(folder, "Model"));
        new ClientWriter(model, service, folder).WriteAll();
    }

    private void WriteAll()
    {
        var operations = _model.Operations.ToList();
        WriteConfig();
        WriteClient(operations);
        WriteBases();
        foreach (var operation in operations)
        {
            WriteOperation(operation);
        }

        foreach (var (name, (heading, types)) in _files)
        {
            System.IO.File.WriteAllText(Path.Combine(_folder, name + ".g.cs"), heading + string.Join("\n\n", types) + "\n");
        }
    }

    private void WriteConfig() => File(Client + "Config", Root, $$"""
        /// <summary>How the client of {{ServiceModel.Text(_model.Metadata, "serviceFullName")}} works.</summary>
        public sealed class {{Client}}Config : AwsClientConfig
        {
            /// <summary>The default configuration: region, credentials and endpoint come from where every AWS client looks for them.</summary>
            public {{Client}}Config()
                : base("{{ServiceModel.Text(_model.Metadata, "serviceId")}}", "{{ServiceModel.Text(_model.Metadata, "signingName") ?? ServiceModel.Text(_model.Metadata, "endpointPrefix")}}", "{{ServiceModel.Text(_model.Metadata, "endpointPrefix")}}", "{{ServiceModel.Text(_model.Metadata, "apiVersion")}}"{{(_model.IsGlobal ? ", isGlobal: true" : "")}})
            {
            }
        }
        """, "using ChaosHarness.Aws.Clients;");

    private void WriteClient(IReadOnlyList<Operation> operations)
    {
        var usings = $"using Amazon.{_service}.Model;";
        File("I" + Client, Root, $$"""
            /// <summary>The operations of {{ServiceModel.Text(_model.Metadata, "serviceFullName")}}.</summary>
            public interface I{{Client}} : Amazon.Runtime.IAmazonService, System.IDisposable
            {
            {{Join(operations, operation => $"    System.Threading.Tasks.Task<{operation.Name}Response> {operation.Name}Async({operation.Name}Request request, System.Threading.CancellationToken cancellationToken = default);")}}
            }
            """, usings);
        File(Client + "Client", Root, $$"""
            /// <summary>A client of {{ServiceModel.Text(_model.Metadata, "serviceFullName")}}.</summary>
            public sealed class {{Client}}Client : AwsClient, I{{Client}}
            {
                public {{Client}}Client()
                    : this(new {{Client}}Config())
                {
                }

                public {{Client}}Client(RegionEndpoint region)
                    : this(new {{Client}}Config { RegionEndpoint = region })
                {
                }

                public {{Client}}Client({{Client}}Config config)
                    : base(config, WireProtocol.{{_model.Protocol}}, typeof(Model.{{Client}}Request))
                {
                }

                public {{Client}}Client(AWSCredentials credentials, RegionEndpoint region)
                    : this(credentials, new {{Client}}Config { RegionEndpoint = region })
                {
                }

                public {{Client}}Client(AWSCredentials credentials, {{Client}}Config clientConfig)
                    : base(credentials, clientConfig, WireProtocol.{{_model.Protocol}}, typeof(Model.{{Client}}Request))
                {
                }

                public static ClientConfig CreateDefaultClientConfig() => new {{Client}}Config();

                public static IAmazonService CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig) => new {{Client}}Client(awsCredentials, ({{Client}}Config)clientConfig);

            {{Join(operations, operation => $"    public System.Threading.Tasks.Task<{operation.Name}Response> {operation.Name}Async({operation.Name}Request request, System.Threading.CancellationToken cancellationToken = default) => CallAsync<{operation.Name}Response>(request, cancellationToken);", "\n\n")}}
            }
            """, "using Amazon.Runtime;", usings, "using ChaosHarness.Aws.Clients;", "using ChaosHarness.Aws.Wire;");
    }

    private void WriteBases()
    {
        File($"Model/{Client}Request", Root + ".Model", $$"""
            /// <summary>What all requests of this service are.</summary>
            public abstract class {{Client}}Request : Amazon.Runtime.AmazonWebServiceRequest
            {
            }
            """);
        WriteException(Client + "Exception", "Amazon.Runtime.AmazonServiceException", null, "An error of this service.", inModel: false);
    }

    private void WriteOperation(Operation operation)
    {
        var marker = $"[Operation(\"{operation.Name}\", \"{operation.Method}\", \"{operation.Uri}\")]\n";
        WriteStructure(operation.Name, operation.Name + "Request", operation.Input, $"{Client}Request", marker, $"The request of {operation.Name}.");
        WriteStructure(operation.Name, operation.Name + "Response", operation.Output, "Amazon.Runtime.AmazonWebServiceResponse", "", $"The response of {operation.Name}.");
        foreach (var error in operation.Errors.Where(_errors.Add))
        {
            WriteError(_model.Shape(error));
        }
    }

    private void WriteError(Shape error)
    {
        var details = error.Definition.TryGetProperty("error", out var found) ? found : default;
        var code = details.ValueKind == JsonValueKind.Object ? ServiceModel.Text(details, "code") : null;
        var status = details.ValueKind == JsonValueKind.Object && details.TryGetProperty("httpStatusCode", out var number) ? number.GetInt32() : 400;
        var marker = string.Create(CultureInfo.InvariantCulture, $"[Error(\"{code ?? error.Name}\", {status})]\n");
        WriteException(Naming.Exception(error.Name), $"{Client}Exception", marker, $"The error {code ?? error.Name}.", inModel: true);
    }

    private void WriteException(string name, string parent, string? marker, string summary, bool inModel) => File(inModel ? "Model/Exceptions" : name, inModel ? Root + ".Model" : Root, $$"""
        /// <summary>{{summary}}</summary>
        {{marker}}public class {{name}} : {{parent}}
        {
            public {{name}}(string message)
                : base(message)
            {
            }

            public {{name}}(string message, System.Exception innerException, Amazon.Runtime.ErrorType errorType, string errorCode, string requestId, System.Net.HttpStatusCode statusCode)
                : base(message, innerException, errorType, errorCode, requestId, statusCode)
            {
            }
        }
        """, marker is null ? [] : ["using ChaosHarness.Aws.Wire;"]);

    private void WriteStructure(string file, string name, string? shapeName, string? parent, string marker, string summary)
    {
        var members = new StringBuilder();
        if (shapeName is not null)
        {
            var shape = _model.Shape(shapeName);
            foreach (var (member, reference) in shape.Members)
            {
                if (members.Length > 0)
                {
                    members.Append("\n\n");
                }

                members.Append(Member(name, shape, member, reference));
            }
        }

        var heritage = parent is null ? "" : " : " + parent;
        File("Model/" + file, Root + ".Model", $$"""
            /// <summary>{{summary}}</summary>
            {{marker}}public class {{name}}{{heritage}}
            {
            {{members}}
            }
            """, "using ChaosHarness.Aws.Wire;");
    }

    private string Member(string owner, Shape shape, string member, JsonElement reference)
    {
        var target = _model.ShapeOf(reference);
        var property = Naming.Property(member);
        if (property == owner)
        {
            throw new InvalidOperationException($"{owner} has a member of its own name.");
        }

        var facts = new List<string> { $"\"{ServiceModel.Text(reference, "locationName") ?? member}\"" };
        var limits = new List<string>();
        if (ServiceModel.Text(reference, "location") is { } location)
        {
            facts.Add("Location = WireLocation." + (location == "uri" ? "Path" : "Query"));
        }

        if (shape.Requires(member))
        {
            facts.Add("Required = true");
            limits.Add("Required");
        }

        Limits(target, facts, limits);
        if (reference.TryGetProperty("idempotencyToken", out _))
        {
            facts.Add("IsToken = true");
        }

        if (target.Type == "list" && ServiceModel.Text(target.Definition.GetProperty("member"), "locationName") is { } item)
        {
            facts.Add($"Item = \"{item}\"");
        }

        if (target.Definition.TryGetProperty("sensitive", out _))
        {
            facts.Add("IsSecret = true");
        }

        var summary = limits.Count == 0 ? "" : $"    /// <summary>{Naming.Property(string.Join(", ", limits))}.</summary>\n";
        return $"{summary}    [Wire({string.Join(", ", facts)})]\n    public {TypeName(target)} {property} {{ get; set; }}";
    }

    private static void Limits(Shape target, List<string> facts, List<string> limits)
    {
        var unit = target.Type switch
        {
            "string" => " characters",
            "list" or "map" => " entries",
            _ => "",
        };
        foreach (var (key, fact, word) in new[] { ("min", "Min", "at least"), ("max", "Max", "at most") })
        {
            if (target.Definition.TryGetProperty(key, out var limit))
            {
                facts.Add($"{fact} = {limit.GetRawText()}");
                limits.Add($"{word} {limit.GetRawText()}{unit}");
            }
        }

        if (ServiceModel.Text(target.Definition, "pattern") is { } pattern)
        {
            facts.Add($"Pattern = {Naming.Literal(pattern)}");
        }
    }

    private string TypeName(Shape shape)
    {
        switch (shape.Type)
        {
            case "string" when shape.IsEnumeration:
                WriteConstants(shape);
                return shape.Name;
            case "string":
                return "string";
            case "integer":
                return "int?";
            case "long":
                return "long?";
            case "boolean":
                return "bool?";
            case "double" or "float":
                return "double?";
            case "timestamp":
                return "System.DateTime?";
            case "list":
                return $"System.Collections.Generic.List<{TypeName(_model.ShapeOf(shape.Definition.GetProperty("member"))).TrimEnd('?')}>";
            case "map":
                return $"System.Collections.Generic.Dictionary<string, {TypeName(_model.ShapeOf(shape.Definition.GetProperty("value"))).TrimEnd('?')}>";
            case "structure":
                if (_structures.Add(shape.Name))
                {
                    WriteStructure("Structures", shape.Name, shape.Name, null, "", $"The structure {shape.Name}.");
                }

                return shape.Name;
            default:
                throw new NotSupportedException($"Shape {shape.Name} is a {shape.Type}, which no client here needs yet.");
        }
    }

    private void WriteConstants(Shape shape)
    {
        if (_constants.Add(shape.Name))
        {
            File("ServiceEnumerations", Root, $$"""
                /// <summary>The values of {{shape.Name}}.</summary>
                public class {{shape.Name}} : Amazon.Runtime.ConstantClass
                {
                {{Join(shape.Values, value => $"    public static readonly {shape.Name} {Naming.Constant(value)} = new(\"{value}\");", "\n\n")}}

                    public {{shape.Name}}(string value)
                        : base(value)
                    {
                    }

                    public static {{shape.Name}} FindValue(string value) => FindValue<{{shape.Name}}>(value);

                    public static implicit operator {{shape.Name}}(string value) => FindValue(value);
                }
                """);
        }
    }

    private static string Join<T>(IEnumerable<T> items, Func<T, string> line, string between = "\n") => string.Join(between, items.Select(line));

    private void File(string name, string nameSpace, string text, params IEnumerable<string> usings)
    {
        if (!_files.TryGetValue(name, out var file))
        {
            var heading = string.Concat(usings.Select(line => line + "\n"));
            file = _files[name] = (
                $"// <auto-generated>Written by harness/tools/AwsClients from the service model, version {ServiceModel.Text(_model.Metadata, "apiVersion")}. Change that, not this.</auto-generated>\n#nullable disable\n#pragma warning disable CS1591\n\n{heading}{(heading.Length > 0 ? "\n" : "")}namespace {nameSpace};\n\n",
                []);
        }

        file.Types.Add(text);
    }
}
