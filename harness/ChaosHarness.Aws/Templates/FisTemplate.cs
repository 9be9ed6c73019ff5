using System.Text.Json;
using Amazon.FIS.Model;
using ChaosHarness.Aws.Wire;

namespace ChaosHarness.Aws.Templates;

/// <summary>
/// An experiment template of AWS FIS, from a JSON file that <c>aws fis create-experiment-template --cli-input-json</c> takes too, or built in code.
/// Immutable: each call returns a new template. Everything is checked at once, before it goes anywhere.
/// </summary>
public sealed record FisTemplate
{
    private readonly CreateExperimentTemplateRequest _request;

    private FisTemplate(CreateExperimentTemplateRequest request) => _request = request;

    /// <summary>What it is for.</summary>
    public string Description => _request.Description ?? "";

    /// <summary>Everything that is wrong with it; empty when nothing is.</summary>
    public IReadOnlyList<string> Mistakes => TemplateCheck.Mistakes(_request);

    /// <summary>Begins a template.</summary>
    /// <param name="description">What it is for, at most 512 characters.</param>
    /// <param name="roleArn">The role that FIS does it as.</param>
    /// <returns>A template without actions.</returns>
    public static FisTemplate For(string description, string roleArn) => new(new CreateExperimentTemplateRequest
    {
        Description = description,
        RoleArn = roleArn,
        Targets = [],
        Actions = [],
        StopConditions = [],
    });

    /// <summary>Reads a template from a file.</summary>
    /// <param name="path">A JSON file.</param>
    /// <param name="replacements">What is replaced by what in its text before, such as the account of an example by that of a test.</param>
    /// <returns>The template, checked.</returns>
    /// <exception cref="InvalidTemplateException">It is no JSON, or wrong; names every mistake.</exception>
    public static FisTemplate FromFile(string path, params IEnumerable<(string From, string To)> replacements)
    {
        ArgumentNullException.ThrowIfNull(replacements);
        var text = replacements.Aggregate(File.ReadAllText(path), (before, change) => before.Replace(change.From, change.To, StringComparison.Ordinal));
        return Parse(text).Checked();
    }

    /// <summary>Reads a template from text, without checking it.</summary>
    /// <param name="json">JSON.</param>
    /// <returns>The template.</returns>
    /// <exception cref="InvalidTemplateException">It is no JSON, or a member has the wrong type.</exception>
    public static FisTemplate Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var request = new CreateExperimentTemplateRequest();
            WireJson.ReadInto(document.RootElement, request);
            return new FisTemplate(request);
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            throw new InvalidTemplateException([exception.Message]);
        }
    }

    /// <summary>Adds a target.</summary>
    /// <param name="name">What it is called in this template.</param>
    /// <param name="target">The target.</param>
    /// <returns>A new template.</returns>
    public FisTemplate Target(string name, FisTarget target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return Changed(request => (request.Targets ??= [])[name] = target.ToInput());
    }

    /// <summary>Adds an action.</summary>
    /// <param name="name">What it is called in this template.</param>
    /// <param name="action">The action.</param>
    /// <param name="after">The actions that have to be over before; none for the start.</param>
    /// <returns>A new template.</returns>
    public FisTemplate Do(string name, FisAction action, params IReadOnlyList<string> after)
    {
        ArgumentNullException.ThrowIfNull(action);
        ArgumentNullException.ThrowIfNull(after);
        return Changed(request => (request.Actions ??= [])[name] = new CreateExperimentTemplateActionInput
        {
            ActionId = action.Id,
            Parameters = action.Parameters.Count > 0 ? action.Parameters.ToDictionary() : null,
            Targets = action.Target is { } target ? new Dictionary<string, string> { [FisCatalogue.Actions.TryGetValue(action.Id, out var type) ? type.Target?.Name ?? "Targets" : "Targets"] = target } : null,
            StartAfter = after.Count > 0 ? [.. after] : null,
        });
    }

    /// <summary>Makes FIS stop the experiment when an alarm fires.</summary>
    /// <param name="alarmArn">The ARN of a CloudWatch alarm.</param>
    /// <returns>A new template.</returns>
    public FisTemplate StopOn(string alarmArn) => Changed(request => (request.StopConditions ??= []).Add(new CreateExperimentTemplateStopConditionInput { Source = "aws:cloudwatch:alarm", Value = alarmArn }));

    /// <summary>Checks it.</summary>
    /// <returns>The template.</returns>
    /// <exception cref="InvalidTemplateException">It is wrong; names every mistake.</exception>
    public FisTemplate Checked() => ToRequest() is var request && TemplateCheck.Mistakes(request) is { Count: > 0 } mistakes ? throw new InvalidTemplateException(mistakes) : this;

    /// <summary>The template as JSON.</summary>
    /// <returns>Indented JSON.</returns>
    public string ToJson()
    {
        using var document = JsonDocument.Parse(WireJson.Write(ToRequest()));
        return JsonSerializer.Serialize(document.RootElement, Indented);
    }

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    // A template without a stop condition has to say so.
    internal CreateExperimentTemplateRequest ToRequest()
    {
        var request = WireJson.Reshape<CreateExperimentTemplateRequest>(_request);
        if (request.StopConditions is { Count: 0 })
        {
            request.StopConditions.Add(new CreateExperimentTemplateStopConditionInput { Source = "none" });
        }

        return request;
    }

    private FisTemplate Changed(Action<CreateExperimentTemplateRequest> change)
    {
        var request = WireJson.Reshape<CreateExperimentTemplateRequest>(_request);
        change(request);
        return new FisTemplate(request);
    }
}
