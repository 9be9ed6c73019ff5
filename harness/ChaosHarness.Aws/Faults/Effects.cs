using Amazon.FIS;
using Amazon.FIS.Model;
using ChaosHarness.Aws.Templates;

namespace ChaosHarness.Aws.Faults;

/// <summary>Whether an experiment did anything. One that did not was not survived.</summary>
internal static class Effects
{
    /// <summary>Whether any of its actions changes something.</summary>
    public static bool CanChange(CreateExperimentTemplateRequest definition) => (definition.Actions ?? []).Values.Any(action => !FisCatalogue.Idle.Contains(action.ActionId));

    /// <summary>Whether all that is to begin at the start has begun, and something has changed or cannot any more.</summary>
    public static bool HaveBegun(Experiment experiment) =>
        FisRuns.HasEnded(experiment.State.Status)
        || (Actions(experiment).Where(action => action.StartAfter is not { Count: > 0 }).All(action => !IsToCome(action))
            && (Changing(experiment).Any(HasEffect) || !Changing(experiment).Any(IsToCome)));

    /// <summary>Why an experiment has injected nothing and will not; null when it has or may.</summary>
    public static string? WhyNone(Experiment experiment)
    {
        var changing = Changing(experiment).ToList();
        if (changing.Exists(HasEffect) || (!FisRuns.HasEnded(experiment.State.Status) && changing.Exists(IsToCome)))
        {
            return null;
        }

        var actions = (experiment.Actions ?? []).Where(action => !FisCatalogue.Idle.Contains(action.Value.ActionId)).Select(action => $"{action.Key} {action.Value.State?.Status}: {action.Value.State?.Reason}");
        return $"it is {experiment.State.Status}: {experiment.State.Reason} ({string.Join("; ", actions)})";
    }

    private static Dictionary<string, ExperimentAction>.ValueCollection Actions(Experiment experiment) => (experiment.Actions ?? []).Values;

    private static IEnumerable<ExperimentAction> Changing(Experiment experiment) => Actions(experiment).Where(action => !FisCatalogue.Idle.Contains(action.ActionId));

    private static bool IsToCome(ExperimentAction action) => action.State?.Status is var status && (status is null || status == ExperimentActionStatus.Pending || status == ExperimentActionStatus.Initiating);

    // One that was stopped before it began has no time at which it began.
    private static bool HasEffect(ExperimentAction action)
    {
        var status = action.State?.Status;
        return status == ExperimentActionStatus.Running || status == ExperimentActionStatus.Completed
            || ((status == ExperimentActionStatus.Stopping || status == ExperimentActionStatus.Stopped) && action.StartTime is not null);
    }
}
