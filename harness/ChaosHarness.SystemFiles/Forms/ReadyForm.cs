using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using ChaosHarness.SystemFiles.Parts;
using ChaosHarness.SystemFiles.Schemas;
using ChaosHarness.SystemFiles.Sections;
using ChaosHarness.SystemFiles.Yaml;

namespace ChaosHarness.SystemFiles.Forms;

/// <summary>When something is ready: an address that answers, a port that accepts connections, or a program that ends with 0.</summary>
internal sealed class ReadyForm : Form<IReadiness>
{
    public override bool TryRead(YamlNode node, Reading reading, [MaybeNullWhen(false)] out IReadiness value)
    {
        value = null;
        if (node is YamlList)
        {
            value = Texts.Command.TryRead(node, reading, out var command) ? new ProgramReadiness(command) : null;
        }
        else if (node is YamlText text && (text.Value.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.Value.StartsWith("https://", StringComparison.OrdinalIgnoreCase)))
        {
            value = Texts.Address.TryRead(node, reading, out var address) ? new HttpReadiness(address) : null;
        }
        else if (Texts.Endpoint.TryRead(node, reading, out var endpoint))
        {
            value = new TcpReadiness(endpoint);
        }

        return value is not null;
    }

    public override JsonObject Schema(SchemaWriter schema) => new()
    {
        ["anyOf"] = new JsonArray(
            new JsonObject { ["type"] = "string", ["examples"] = new JsonArray("http://127.0.0.1:8080/health", "127.0.0.1:5432") },
            new JsonObject { ["type"] = "array", ["minItems"] = 1, ["items"] = new JsonObject { ["type"] = "string" } }),
    };
}
