using System.Text.Json.Nodes;
using ChaosHarness.Aws.Tests.Clients;
using Microsoft.AspNetCore.Http;

namespace ChaosHarness.Aws.Tests.Faults;

/// <summary>An account that answers as FIS does for one experiment, also for types and actions that no local cloud has.</summary>
internal sealed class ScriptedFis : IAsyncDisposable
{
    private readonly List<JsonObject> _experiments = [];
    private WebService? _service;
    private JsonObject? _template;

    public Uri Url => _service!.Url;

    /// <summary>The template that is in the account; null for none.</summary>
    public JsonObject? Kept { get; set; }

    /// <summary>What each resolved target is said to be.</summary>
    public JsonObject Resolved { get; set; } = new() { ["arn"] = "arn:aws:eks:us-east-1:111122223333:nodegroup/shop" };

    /// <summary>Changes an experiment that was started in earnest, before anybody sees it.</summary>
    public Action<JsonObject> OnStart { get; set; } = static _ => { };

    /// <summary>Changes an experiment that only rehearses.</summary>
    public Action<JsonObject> OnRehearsal { get; set; } = static _ => { };

    /// <summary>What DescribeAlarms finds.</summary>
    public string Alarms { get; set; } = "";

    /// <summary>The experiments that somebody stopped.</summary>
    public List<string> Stopped { get; } = [];

    public List<string> Requests => [.. _service!.Requests.Select(request => request.Line + " " + request.Body)];

    public static async Task<ScriptedFis> StartAsync()
    {
        var fis = new ScriptedFis();
        fis._service = await WebService.StartAsync(async (number, http) =>
        {
            string body;
            lock (fis._service!.Requests)
            {
                body = fis._service.Requests[number - 1].Body;
            }

            string answer;
            lock (fis._experiments)
            {
                answer = fis.Answer(http.Request.Method, http.Request.Path, body);
            }

            await http.Response.WriteAsync(answer);
        });
        return fis;
    }

    public async ValueTask DisposeAsync() => await _service!.DisposeAsync();

    private string Answer(string method, string path, string body) => (method, path.Split('/', StringSplitOptions.RemoveEmptyEntries)) switch
    {
        ("POST", []) when body.Contains("GetCallerIdentity", StringComparison.Ordinal) => "<R><GetCallerIdentityResult><Arn>arn:aws:iam::111122223333:user/x</Arn><UserId>U</UserId><Account>111122223333</Account></GetCallerIdentityResult></R>",
        ("POST", []) => $"<R><DescribeAlarmsResult>{Alarms}</DescribeAlarmsResult></R>",
        ("GET", ["safetyLevers", _]) => """{ "safetyLever": { "id": "default", "state": { "status": "disengaged", "reason": "" } } }""",
        ("POST", ["experimentTemplates"]) => Made(JsonNode.Parse(body)!.AsObject()),
        ("GET", ["experimentTemplates"]) => """{ "experimentTemplates": [] }""",
        ("GET", ["experimentTemplates", _]) => new JsonObject { ["experimentTemplate"] = Kept!.DeepClone() }.ToJsonString(),
        ("DELETE", ["experimentTemplates", _]) => "{}",
        ("POST", ["experiments"]) => Started(JsonNode.Parse(body)!.AsObject()),
        ("GET", ["experiments"]) => new JsonObject { ["experiments"] = new JsonArray([.. _experiments.Select(experiment => experiment.DeepClone())]) }.ToJsonString(),
        ("GET", ["experiments", var id]) => Wrapped(Find(id)),
        ("DELETE", ["experiments", var id]) => End(Find(id)),
        ("GET", ["experiments", _, "resolvedTargets"]) => new JsonObject
        {
            ["resolvedTargets"] = new JsonArray([.. (_template ?? Kept)!["targets"]!.AsObject().Select(target => new JsonObject { ["targetName"] = target.Key, ["resourceType"] = target.Value!["resourceType"]!.DeepClone(), ["targetInformation"] = Resolved.DeepClone() })]),
        }.ToJsonString(),
        _ => throw new InvalidOperationException($"{method} {path}"),
    };

    private string Made(JsonObject template)
    {
        _template = template;
        return """{ "experimentTemplate": { "id": "EXT1" } }""";
    }

    private string Started(JsonObject request)
    {
        var isRehearsal = request["experimentOptions"]!["actionsMode"]!.GetValue<string>() == "skip-all";
        var template = request["experimentTemplateId"]!.GetValue<string>() == "EXT1" ? _template! : Kept!;
        var experiment = new JsonObject
        {
            ["id"] = $"EXP{_experiments.Count}",
            ["roleArn"] = template["roleArn"]!.DeepClone(),
            ["targets"] = template["targets"]!.DeepClone(),
            ["actions"] = template["actions"]!.DeepClone(),
            ["stopConditions"] = template["stopConditions"]!.DeepClone(),
            ["experimentOptions"] = new JsonObject { ["accountTargeting"] = "single-account", ["emptyTargetResolutionMode"] = isRehearsal ? "skip" : "fail", ["actionsMode"] = isRehearsal ? "skip-all" : "run-all" },
            ["tags"] = request["tags"]!.DeepClone(),
            ["state"] = new JsonObject { ["status"] = isRehearsal ? "completed" : "running", ["reason"] = "so it is" },
        };
        foreach (var (_, action) in experiment["actions"]!.AsObject())
        {
            action!["state"] = new JsonObject { ["status"] = isRehearsal ? "skipped" : "running", ["reason"] = "so it is" };
            action["startTime"] = 1;
        }

        (isRehearsal ? OnRehearsal : OnStart)(experiment);

        _experiments.Add(experiment);
        return Wrapped(experiment);
    }

    private string End(JsonObject experiment)
    {
        Stopped.Add(experiment["id"]!.GetValue<string>());
        experiment["state"] = new JsonObject { ["status"] = "stopped", ["reason"] = "Experiment was stopped by user." };
        return Wrapped(experiment);
    }

    private JsonObject Find(string id) => _experiments.Find(experiment => experiment["id"]!.GetValue<string>() == id)!;

    private static string Wrapped(JsonObject experiment) => new JsonObject { ["experiment"] = experiment.DeepClone() }.ToJsonString();
}
