using System.Globalization;
using Amazon.FIS.Model;
using ChaosHarness.Aws.Wire;

namespace ChaosHarness.Aws.Templates;

/// <summary>Finds every mistake in an experiment template: what the model forbids, and what does not fit together.</summary>
internal static class TemplateCheck
{
    public static IReadOnlyList<TemplateMistake> Mistakes(CreateExperimentTemplateRequest template) =>
        [.. WireValidation.Found(template).Select(mistake => new TemplateMistake(mistake.Path.Plain ?? "", $"'{mistake.Value}': {mistake.Constraint}")), .. Fit(template)];

    /// <summary>What does not fit together, though the model allows each part of it.</summary>
    public static IReadOnlyList<TemplateMistake> Fit(CreateExperimentTemplateRequest template) =>
        [.. Targets(template), .. Actions(template), .. Order(template), .. StopConditions(template)];

    private static IEnumerable<TemplateMistake> Targets(CreateExperimentTemplateRequest template)
    {
        foreach (var (name, target) in template.Targets ?? [])
        {
            var path = $"targets.{name}";
            if (target.ResourceType is { } type)
            {
                foreach (var mistake in ParametersOf(path, type, target.Parameters ?? []))
                {
                    yield return mistake;
                }
            }

            if (target.SelectionMode is { } mode && SelectionMode.Parse(mode) is null)
            {
                yield return Mistake($"{path}.selectionMode", $"'{mode}' is none of ALL, COUNT(n) and PERCENT(n)");
            }

            var given = new[] { target.ResourceArns is { Count: > 0 }, target.ResourceTags is { Count: > 0 }, target.Parameters is { Count: > 0 } }.Count(is_ => is_);
            if (given == 0)
            {
                yield return Mistake(path, "one of resourceArns, resourceTags and parameters is needed");
            }

            if (target.ResourceArns is { Count: > 0 } && (target.ResourceTags is { Count: > 0 } || target.Filters is { Count: > 0 } || target.Parameters is { Count: > 0 }))
            {
                yield return Mistake($"{path}.resourceArns", "ARNs cannot be combined with tags, filters or parameters");
            }
        }
    }

    private static IEnumerable<TemplateMistake> ParametersOf(string path, string type, Dictionary<string, string> given)
    {
        if (!FisCatalogue.ResourceTypes.TryGetValue(type, out var known))
        {
            return FisCatalogue.IsName(type) ? [] : [Mistake($"{path}.resourceType", $"'{type}' is no type of target: one is written like {FisCatalogue.Instance}{Likeness.Hint(type, FisCatalogue.ResourceTypes.Keys)}")];
        }

        return given.Keys.Where(name => !known.Contains(name))
            .Select(name => Misnamed($"{path}.parameters.{name}", $"a target of type {type} has no such parameter{(known.Count == 0 ? "" : Likeness.Hint(name, known))}"));
    }

    private static IEnumerable<TemplateMistake> Actions(CreateExperimentTemplateRequest template)
    {
        if (template.Actions is { Count: 0 })
        {
            yield return Mistake("actions", "at least one action is needed");
        }

        foreach (var (name, action) in template.Actions ?? [])
        {
            if (action.ActionId is null)
            {
                continue;
            }

            if (!FisCatalogue.Actions.TryGetValue(action.ActionId, out var type))
            {
                foreach (var mistake in Unfamiliar($"actions.{name}", action, template))
                {
                    yield return mistake;
                }

                continue;
            }

            foreach (var mistake in Parameters($"actions.{name}.parameters", action, type).Concat(TargetsOf($"actions.{name}.targets", action, type, template)))
            {
                yield return mistake;
            }
        }
    }

    // Of an action that is not in the catalogue, FIS itself knows the parameters.
    private static IEnumerable<TemplateMistake> Unfamiliar(string path, CreateExperimentTemplateActionInput action, CreateExperimentTemplateRequest template)
    {
        if (!FisCatalogue.IsName(action.ActionId))
        {
            yield return Mistake($"{path}.actionId", $"'{action.ActionId}' is no action: one is written like aws:ec2:stop-instances{Likeness.Hint(action.ActionId, FisCatalogue.Actions.Keys)}");
        }

        foreach (var (name, target) in (action.Targets ?? []).Where(target => template.Targets?.ContainsKey(target.Value) is not true))
        {
            yield return Mistake($"{path}.targets.{name}", $"there is no target '{target}' in this template{Likeness.Hint(target, Names(template))}");
        }
    }

    private static IEnumerable<TemplateMistake> Parameters(string path, CreateExperimentTemplateActionInput action, FisActionType type)
    {
        var given = action.Parameters ?? [];
        foreach (var name in given.Keys.Where(name => type.Parameters.All(parameter => parameter.Name != name)))
        {
            yield return Misnamed($"{path}.{name}", $"{type.Id} has no such parameter{Likeness.Hint(name, type.Parameters.Select(parameter => parameter.Name))}");
        }

        if (given.GetValueOrDefault("completeIfInstancesTerminated") == "true" && !given.ContainsKey("startInstancesAfterDuration"))
        {
            yield return Mistake($"{path}.completeIfInstancesTerminated", "this counts only together with startInstancesAfterDuration");
        }

        foreach (var parameter in type.Parameters)
        {
            if (!given.TryGetValue(parameter.Name, out var value))
            {
                if (parameter.Required)
                {
                    yield return Mistake($"{path}.{parameter.Name}", $"{type.Id} needs this parameter");
                }
            }
            else if (WhyNot(parameter.Kind, value) is { } reason)
            {
                yield return Mistake($"{path}.{parameter.Name}", reason);
            }
        }
    }

    private static string? WhyNot(FisParameterKind kind, string value) => kind switch
    {
        FisParameterKind.Duration when !FisDuration.TryParse(value, out var duration) || duration < FisDuration.Least || duration > FisDuration.Most =>
            $"'{value}' is no duration in ISO 8601 from PT1M to PT12H",
        FisParameterKind.Flag when value is not ("true" or "false") => $"'{value}' is neither true nor false",
        FisParameterKind.Percentage when !int.TryParse(value, CultureInfo.InvariantCulture, out var percentage) || percentage is < 1 or > 100 =>
            $"'{value}' is no percentage from 1 to 100",
        _ => null,
    };

    private static IEnumerable<TemplateMistake> TargetsOf(string path, CreateExperimentTemplateActionInput action, FisActionType type, CreateExperimentTemplateRequest template)
    {
        var given = action.Targets ?? [];
        foreach (var name in given.Keys.Where(name => name != type.Target?.Name))
        {
            yield return Misnamed($"{path}.{name}", type.Target is { } wanted ? $"the target of {type.Id} is called {wanted.Name}" : $"{type.Id} has no targets");
        }

        if (type.Target is not { } target)
        {
            yield break;
        }

        if (!given.TryGetValue(target.Name, out var named))
        {
            yield return Mistake($"{path}.{target.Name}", $"{type.Id} needs this target");
        }
        else if (template.Targets is null || !template.Targets.TryGetValue(named, out var found))
        {
            yield return Mistake($"{path}.{target.Name}", $"there is no target '{named}' in this template{Likeness.Hint(named, Names(template))}");
        }
        else if (found.ResourceType is { } actual && actual != target.ResourceType)
        {
            yield return Mistake($"{path}.{target.Name}", $"'{named}' is of type {actual}, and {type.Id} takes {target.ResourceType}");
        }
    }

    private static IEnumerable<TemplateMistake> Order(CreateExperimentTemplateRequest template)
    {
        var actions = template.Actions ?? [];
        foreach (var (name, action) in actions)
        {
            foreach (var before in (action.StartAfter ?? []).Where(before => !actions.ContainsKey(before)))
            {
                yield return Mistake($"actions.{name}.startAfter", $"there is no action '{before}' in this template{Likeness.Hint(before, actions.Keys.Where(other => other != name))}");
            }

            if (Reaches(actions, name, name, []))
            {
                yield return Mistake($"actions.{name}.startAfter", "the action would have to wait for itself");
            }
        }
    }

    private static bool Reaches(Dictionary<string, CreateExperimentTemplateActionInput> actions, string from, string to, HashSet<string> seen) =>
        actions.TryGetValue(from, out var action)
        && (action.StartAfter ?? []).Any(before => before == to || (seen.Add(before) && Reaches(actions, before, to, seen)));

    private static IEnumerable<TemplateMistake> StopConditions(CreateExperimentTemplateRequest template)
    {
        var conditions = template.StopConditions ?? [];
        for (var index = 0; index < conditions.Count; index++)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"stopConditions.{index + 1}");
            if (conditions[index].Source is not ("none" or "aws:cloudwatch:alarm"))
            {
                yield return Mistake($"{path}.source", $"'{conditions[index].Source}' is neither none nor aws:cloudwatch:alarm");
            }
            else if (conditions[index].Source == "aws:cloudwatch:alarm" && conditions[index].Value?.Contains(":alarm:", StringComparison.Ordinal) is not true)
            {
                yield return Mistake($"{path}.value", "the ARN of an alarm is needed");
            }
        }
    }

    private static Dictionary<string, CreateExperimentTemplateTargetInput>.KeyCollection Names(CreateExperimentTemplateRequest template) => (template.Targets ?? []).Keys;

    private static TemplateMistake Mistake(string member, string why) => new(member, why);

    private static TemplateMistake Misnamed(string member, string why) => new(member, why, IsName: true);
}
