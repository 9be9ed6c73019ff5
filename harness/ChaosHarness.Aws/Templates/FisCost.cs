using System.Globalization;
using Amazon.FIS.Model;

namespace ChaosHarness.Aws.Templates;

/// <summary>What an experiment costs: AWS charges for every minute that an action runs, begun ones in full.</summary>
internal static class FisCost
{
    /// <summary>US dollars for a minute of an action, in one account. AWS's price; it may change.</summary>
    public const decimal PerActionMinute = 0.10m;

    /// <summary>The minutes that all actions take together; one without a duration counts as one minute.</summary>
    public static int ActionMinutes(CreateExperimentTemplateRequest template) => (template.Actions ?? []).Values.Sum(action =>
        (action.Parameters ?? []).Where(parameter => parameter.Key is "duration" or "startInstancesAfterDuration")
            .Select(parameter => FisDuration.TryParse(parameter.Value, out var duration) ? (int)Math.Ceiling(duration.TotalMinutes) : 1)
            .DefaultIfEmpty(1)
            .Max());

    public static string Describe(CreateExperimentTemplateRequest template)
    {
        var minutes = ActionMinutes(template);
        return string.Create(CultureInfo.InvariantCulture, $"about {minutes} action-minutes, {minutes * PerActionMinute:0.00} USD at {PerActionMinute:0.00} USD each");
    }
}
