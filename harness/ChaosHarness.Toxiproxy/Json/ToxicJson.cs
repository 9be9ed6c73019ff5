using System.Text.Json;
using System.Text.Json.Nodes;
using ChaosHarness.Toxiproxy.Toxics;

namespace ChaosHarness.Toxiproxy.Json;

/// <summary>Writes a toxic, with its type.</summary>
internal static class ToxicJson
{
    public static JsonObject Write(ToxicBase toxic)
    {
        var json = JsonSerializer.SerializeToNode(toxic, ToxicConverter.TypeOf(toxic))!.AsObject();
        json["type"] = toxic.Type;
        return json;
    }

    /// <summary>Writes what an update may change; a server takes nothing else.</summary>
    public static JsonObject WriteUpdate(ToxicBase toxic)
    {
        var json = Write(toxic);
        foreach (var field in new[] { "name", "type", "stream" })
        {
            json.Remove(field);
        }

        return json;
    }
}
