using System.Globalization;
using Amazon.FIS.Model;
using ChaosHarness.Aws.Wire;

namespace ChaosHarness.Aws.Templates;

/// <summary>Finds every mistake in an experiment template: what the model forbids, and what does not fit together.</summary>
internal static class TemplateCheck
{
    public static IReadOnlyList<string> Mistakes(CreateExperimentTemplateRequest template) =>
        [.. WireValidation.Mistakes(template), .. Targets(template), .. Actions(template), .. Order(template), .. StopConditions(template)];

    private static IEnumerable<string> Targets(CreateExperimentTemplateRequest template)
    {
        foreach (var (name, target) in template.Targets ?? [])
        {
            var path = $"targets.{name}";
            if (target.ResourceType is { } type && !FisCatalogue.ResourceTypes.ContainsKey(type))
            {
                yield return Mistake($"{path}.resourceType", $"'{type}' is no known type of target. Known are {string.Join(", ", FisCatalogue.ResourceTypes.Keys)}");
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

    private static IEnumerable<string> Actions(CreateExperimentTemplateRequest template)
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
                yield return Mistake($"actions.{name}.actionId", $"'{action.ActionId}' is no known action. Known are {string.Join(", ", FisCatalogue.Actions.Keys)}");
                continue;
            }

            foreach (var mistake in Parameters($"actions.{name}.parameters", action, type).Concat(TargetsOf($"actions.{name}.targets", action, type, template)))
            {
                yield return mistake;
            }
        }
    }

    private static IEnumerable<string> Parameters(string path, CreateExperimentTemplateActionInput action, FisActionType type)
    {
        var given = action.Parameters ?? [];
        foreach (var name in given.Keys.Where(name => type.Parameters.All(parameter => parameter.Name != name)))
        {
            yield return Mistake($"{path}.{name}", $"{type.Id} has no such parameter");
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

    private static IEnumerable<string> TargetsOf(string path, CreateExperimentTemplateActionInput action, FisActionType type, CreateExperimentTemplateRequest template)
    {
        var given = action.Targets ?? [];
        foreach (var name in given.Keys.Where(name => name != type.Target?.Name))
        {
            yield return Mistake($"{path}.{name}", type.Target is { } wanted ? $"the target of {type.Id} is called {wanted.Name}" : $"{type.Id} has no targets");
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
            yield return Mistake($"{path}.{target.Name}", $"there is no target '{named}' in this template");
        }
        else if (found.ResourceType is { } actual && actual != target.ResourceType)
        {
            yield return Mistake($"{path}.{target.Name}", $"'{named}' is of type {actual}, and {type.Id} takes {target.ResourceType}");
        }
    }

    private static IEnumerable<string> Order(CreateExperimentTemplateRequest template)
    {
        var actions = template.Actions ?? [];
        foreach (var (name, action) in actions)
        {
            foreach (var before in (action.StartAfter ?? []).Where(before => !actions.ContainsKey(before)))
            {
                yield return Mistake($"actions.{name}.startAfter", $"there is no action '{before}' in this template");
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

    private static IEnumerable<string> StopConditions(CreateExperimentTemplateRequest template)
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

    private static string Mistake(string member, string why) => $"{member}: {why}";
}
