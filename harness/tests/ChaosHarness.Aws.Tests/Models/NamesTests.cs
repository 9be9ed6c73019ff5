using System.Reflection;
using System.Text.Json;
using Amazon.AutoScaling;
using Amazon.CloudWatch;
using Amazon.ElasticLoadBalancingV2;
using Amazon.FIS;
using Amazon.RDS;
using Amazon.Route53;
using Amazon.Runtime;
using ChaosHarness.Aws.Wire;

namespace ChaosHarness.Aws.Tests.Models;

/// <summary>Every operation, member, value and error of AWS's models is there, called as the models call it.</summary>
public sealed class NamesTests
{
    private static readonly object[][] Services =
    [
        ["fis", typeof(IAmazonFIS)],
        ["rds", typeof(IAmazonRDS)],
        ["cloudwatch", typeof(IAmazonCloudWatch)],
        ["autoscaling", typeof(IAmazonAutoScaling)],
        ["elbv2", typeof(IAmazonElasticLoadBalancingV2)],
        ["route53", typeof(IAmazonRoute53)],
    ];

    [TestCaseSource(nameof(Services))]
    public void Nothing_of_the_model_is_missing_or_misspelt(string service, Type client)
    {
        var walk = new Walk(ServiceModels.Load(service), client);

        Assert.That(walk.Mistakes(), Is.Empty);
        Assert.That(walk.Members, Is.GreaterThan(50), "the walk saw the members");
    }

    [Test]
    public void All_operations_of_FIS_are_there_and_of_RDS_those_that_experiments_need()
    {
        Assert.That(Operations(typeof(IAmazonFIS)), Has.Exactly(26).Items);
        Assert.That(Operations(typeof(IAmazonRDS)), Has.Exactly(21).Items);
    }

    private static IEnumerable<string> Operations(Type client) => client.GetMethods().Where(method => method.Name.EndsWith("Async", StringComparison.Ordinal)).Select(method => method.Name[..^5]);

    private sealed class Walk(JsonElement model, Type client)
    {
        private readonly Assembly _assembly = client.Assembly;
        private readonly string _space = client.Namespace!;
        private readonly List<string> _mistakes = [];
        private readonly HashSet<(string, Type)> _seen = [];

        public int Members { get; private set; }

        public List<string> Mistakes()
        {
            foreach (var name in Operations(client))
            {
                var operation = model.GetProperty("operations").TryGetProperty(name, out var found) ? found : default;
                if (operation.ValueKind == JsonValueKind.Undefined)
                {
                    // An older model does not know it yet.
                    continue;
                }

                Operation(name, operation);
            }

            return _mistakes;
        }

        private void Operation(string name, JsonElement operation)
        {
            var request = Type(name + "Request");
            var wire = request?.GetCustomAttribute<OperationAttribute>();
            var http = operation.GetProperty("http");
            if (wire?.Name != name || wire.Method != http.GetProperty("method").GetString() || wire.Uri != http.GetProperty("requestUri").GetString())
            {
                _mistakes.Add($"{name} is asked for in another way");
            }

            Shape(operation, "input", request);
            Shape(operation, "output", Type(name + "Response"));
            foreach (var error in operation.TryGetProperty("errors", out var errors) ? errors.EnumerateArray() : [])
            {
                Error(error.GetProperty("shape").GetString()!);
            }
        }

        private void Shape(JsonElement owner, string part, Type? type)
        {
            if (type is null)
            {
                _mistakes.Add($"a type for {part} of {owner.GetProperty("name")} is missing");
            }
            else if (owner.TryGetProperty(part, out var reference))
            {
                Structure(reference.GetProperty("shape").GetString()!, type);
            }
        }

        private void Structure(string name, Type type)
        {
            if (!_seen.Add((name, type)))
            {
                return;
            }

            var shape = model.GetProperty("shapes").GetProperty(name);
            foreach (var member in shape.GetProperty("members").EnumerateObject().Where(member => !IsHeader(member.Value)))
            {
                var property = type.GetProperty(char.ToUpperInvariant(member.Name[0]) + member.Name[1..]);
                var wire = property?.GetCustomAttribute<WireAttribute>();
                var wanted = member.Value.TryGetProperty("locationName", out var location) ? location.GetString() : member.Name;
                Members++;
                if (wire is null || wire.Name != wanted)
                {
                    _mistakes.Add($"{type.Name} has no member {member.Name}");
                    continue;
                }

                Value(member.Value.GetProperty("shape").GetString()!, property!.PropertyType, $"{type.Name}.{member.Name}", wire.Item);
            }
        }

        // What comes in headers is not read: where a new resource is knows who has its id.
        private static bool IsHeader(JsonElement member) => member.TryGetProperty("location", out var location) && location.GetString() == "header";

        private void Value(string name, Type type, string path, string item)
        {
            var shape = model.GetProperty("shapes").GetProperty(name);
            var plain = Nullable.GetUnderlyingType(type) ?? type;
            switch (shape.GetProperty("type").GetString())
            {
                case "structure":
                    Expect(plain.Name == name, $"{path} is a {plain.Name} and no {name}");
                    Structure(name, plain);
                    break;
                case "list":
                    var member = shape.GetProperty("member");
                    Expect(WireShape.IsList(plain), $"{path} is no list");
                    Expect(item == (member.TryGetProperty("locationName", out var location) ? location.GetString() : "member"), $"the entries of {path} are called otherwise");
                    Value(member.GetProperty("shape").GetString()!, plain.GenericTypeArguments[0], path, "member");
                    break;
                case "map":
                    Expect(WireShape.IsMap(plain), $"{path} is no map");
                    Value(shape.GetProperty("value").GetProperty("shape").GetString()!, plain.GenericTypeArguments[1], path, "member");
                    break;
                case "string" when shape.TryGetProperty("enum", out var values):
                    var known = plain.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (field.GetValue(null) as ConstantClass)?.Value).ToList();
                    Expect(plain.Name == name && values.EnumerateArray().All(value => known.Contains(value.GetString())), $"{path} does not have the values of {name}");
                    break;
                case var simple:
                    var wanted = simple switch
                    {
                        "integer" => typeof(int),
                        "long" => typeof(long),
                        "boolean" => typeof(bool),
                        "double" or "float" => typeof(double),
                        "timestamp" => typeof(DateTime),
                        _ => null,
                    };
                    Expect(wanted is null ? plain == typeof(string) || typeof(ConstantClass).IsAssignableFrom(plain) : plain == wanted, $"{path} is a {plain.Name} and no {simple}");
                    break;
            }
        }

        private void Error(string name)
        {
            var shape = model.GetProperty("shapes").GetProperty(name);
            var bare = name.EndsWith("Fault", StringComparison.Ordinal) ? name[..^5] : name;
            var type = Type(bare.EndsWith("Exception", StringComparison.Ordinal) ? bare : bare + "Exception");
            var error = type?.GetCustomAttribute<ErrorAttribute>();
            var details = shape.TryGetProperty("error", out var found) ? found : default;
            var code = details.ValueKind == JsonValueKind.Object && details.TryGetProperty("code", out var given) ? given.GetString() : name;
            Expect(error?.Code == code, $"there is no exception for {name}");
        }

        private Type? Type(string name) => _assembly.GetType($"{_space}.Model.{name}");

        private void Expect(bool holds, string mistake)
        {
            if (!holds)
            {
                _mistakes.Add(mistake);
            }
        }
    }
}
