using System.Collections;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChaosHarness.Experiments;
using ChaosHarness.Safety;

namespace ChaosHarness.Allure.Attachments;

/// <summary>What a run really ran with, defaults and all, with secrets masked.</summary>
internal static class EffectiveConfiguration
{
    private const string VariablePrefix = "CHAOSHARNESS_";
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(TestRecord test, RunRecord result, RecorderSettings settings)
    {
        var (safety, origin) = (test.Options.Safety, result.Origin);
        var document = new JsonObject
        {
            ["experiment"] = new JsonObject
            {
                ["id"] = result.ExperimentId,
                ["system"] = result.System,
                ["environment"] = result.Environment,
                ["topology"] = result.Topology,
                ["speed"] = result.Speed,
                ["parameters"] = Settings(result.Parameters),
                ["objectives"] = List(result.Verdicts.Select(verdict => verdict.Objective)),
                ["labels"] = List(result.Labels),
            },
            ["safety"] = new JsonObject
            {
                ["allowedEnvironments"] = List(safety.AllowedEnvironments),
                ["productionPermitted"] = safety.ProductionPermission == SafetyPolicy.ProductionPermissionText,
                ["maximumTargets"] = safety.MaximumTargets,
                ["maximumTargetShare"] = safety.MaximumTargetShare,
                ["haltFiles"] = new JsonArray([.. safety.HaltFiles.Select(file => JsonValue.Create(file))]),
            },
            ["origin"] = new JsonObject
            {
                ["profile"] = origin.Profile,
                ["branch"] = origin.Branch,
                ["commit"] = origin.Commit,
                ["build"] = origin.Build,
                ["host"] = origin.Host,
                ["startedBy"] = origin.StartedBy,
                ["seed"] = origin.Seed,
            },
            ["folders"] = new JsonObject
            {
                ["results"] = settings.ResultsFolder,
                ["journals"] = settings.JournalFolder,
                ["faultJournals"] = test.Options.FaultJournalFolder,
            },
            ["ledger"] = settings.Ledger,
            ["runsettings"] = Settings(test.Settings),
            ["environmentVariables"] = Settings(Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
                .Select(entry => KeyValuePair.Create((string)entry.Key, (string?)entry.Value ?? ""))
                .Where(entry => entry.Key.StartsWith(VariablePrefix, StringComparison.OrdinalIgnoreCase))),
            ["runtime"] = RuntimeInformation.FrameworkDescription,
            ["operatingSystem"] = RuntimeInformation.OSDescription,
            ["processors"] = Environment.ProcessorCount,
        };
        Mask(document);
        return JsonSerializer.SerializeToUtf8Bytes(document, Readable);
    }

    private static JsonArray List(IEnumerable<string> values) => new([.. values.Select(value => (JsonNode)value)]);

    private static JsonObject Settings(IEnumerable<KeyValuePair<string, string>> settings)
    {
        var members = new JsonObject();
        foreach (var (name, value) in settings.OrderBy(setting => setting.Key, StringComparer.Ordinal))
        {
            members[name] = value;
        }

        return members;
    }

    private static void Mask(JsonObject members)
    {
        foreach (var (name, value) in members.ToList())
        {
            if (value is JsonObject inner)
            {
                Mask(inner);
            }
            else if (value is JsonValue text && text.TryGetValue<string>(out var plain))
            {
                members[name] = Secrets.Mask(name, plain);
            }
        }
    }
}
