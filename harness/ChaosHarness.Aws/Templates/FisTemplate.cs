using System.Text.Json;
using Amazon.FIS.Model;
using ChaosHarness.Aws.Templates.Reading;
using ChaosHarness.Aws.Wire;

namespace ChaosHarness.Aws.Templates;

/// <summary>
/// An experiment template of AWS FIS, from a JSON file that <c>aws fis create-experiment-template --cli-input-json</c> takes too, or built in code.
/// Immutable: each call returns a new template. Everything is checked at once, before it goes anywhere.
/// </summary>
public sealed record FisTemplate
{
    private readonly CreateExperimentTemplateRequest _request;
    private readonly TemplatePlaces? _places;

    private FisTemplate(CreateExperimentTemplateRequest request, TemplatePlaces? places = null) => (_request, _places) = (request, places);

    /// <summary>What it is for.</summary>
    public string Description => _request.Description ?? "";

    /// <summary>Everything that is wrong with it; empty when nothing is. What was read says where: <c>file(line,column): member: what</c>.</summary>
    public IReadOnlyList<string> Mistakes => Said(TemplateCheck.Mistakes(ToRequest()), _places);

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

    /// <summary>Reads a template from a file, as the AWS command line takes it, or as <c>aws fis get-experiment-template</c> prints it.</summary>
    /// <param name="path">A JSON file in UTF-8, or with a mark that says what it is in; at most 1 048 576 characters.</param>
    /// <param name="replacements">What is replaced by what in its text before, such as the account of an example by that of a test, one after another.</param>
    /// <returns>The template, checked.</returns>
    /// <exception cref="InvalidTemplateException">
    /// It is no JSON, or wrong; names every mistake as <c>file(line,column): member: what</c>, both from 1, the column in characters. Places are those in the file, whatever was replaced.
    /// </exception>
    public static FisTemplate FromFile(string path, params IEnumerable<(string From, string To)> replacements)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(replacements);
        return Read(replacements.Aggregate(TemplateText.OfFile(path), (text, change) => text.Replace(change.From, change.To)), isChecked: true);
    }

    /// <summary>Reads a template from text, without checking what the members that it has say.</summary>
    /// <param name="json">JSON; at most 1 048 576 characters.</param>
    /// <returns>The template.</returns>
    /// <exception cref="InvalidTemplateException">It is no JSON, has members that FIS does not know, one twice, or one of the wrong type; names every mistake as <c>(line,column): member: what</c>.</exception>
    public static FisTemplate Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return Read(TemplateText.Of(json), isChecked: false);
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
            Targets = action.Target is { } target ? new Dictionary<string, string> { [action.TargetName ?? FisCatalogue.Actions.GetValueOrDefault(action.Id)?.Target?.Name ?? "Targets"] = target } : null,
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
    public FisTemplate Checked() => Mistakes is { Count: > 0 } mistakes ? throw new InvalidTemplateException(mistakes) : this;

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

    private static FisTemplate Read(TemplateText text, bool isChecked)
    {
        var (request, misread, places) = TemplateReader.Read(text);
        var template = new FisTemplate(request, places);
        if (misread.Count == 0)
        {
            return isChecked ? template.Checked() : template;
        }

        // What could not be read is missing, and what is missing because of that is no mistake of its own.
        var rest = TemplateCheck.Mistakes(template.ToRequest()).Where(mistake => !misread.Any(known => Covers(known.Path, mistake.Path)));
        throw new InvalidTemplateException(Said([.. misread, .. rest], places));
    }

    private static bool Covers(string path, string other) => other == path || other.StartsWith(path + ".", StringComparison.Ordinal);

    private static IReadOnlyList<string> Said(IReadOnlyList<TemplateMistake> mistakes, TemplatePlaces? places) =>
        places is null ? [.. mistakes.Select(mistake => $"{mistake}")] : places.Say(mistakes);

    private FisTemplate Changed(Action<CreateExperimentTemplateRequest> change)
    {
        var request = WireJson.Reshape<CreateExperimentTemplateRequest>(_request);
        change(request);
        return new FisTemplate(request);
    }
}
