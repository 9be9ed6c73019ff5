using Amazon.FIS;
using Amazon.FIS.Model;
using ChaosHarness.Aws.Accounts;

namespace ChaosHarness.Aws.Faults;

/// <summary>What a run leaves in FIS, found again by a tag: experiments and templates.</summary>
internal static class FisRuns
{
    /// <summary>The tag by which everything of a run is found again.</summary>
    public const string Tag = "chaosharness:run";

    public const string StopInstances = "aws:ec2:stop-instances";

    public static bool HasEnded(ExperimentStatus? status) =>
        status == ExperimentStatus.Completed || status == ExperimentStatus.Stopped || status == ExperimentStatus.Failed || status == ExperimentStatus.Cancelled;

    /// <summary>Makes a template and starts an experiment from it, once for a token however often it is tried.</summary>
    public static async Task<Experiment> StartAsync(AwsAccount account, string? templateId, CreateExperimentTemplateRequest definition, string token, ActionsMode mode, CancellationToken cancellationToken)
    {
        if (templateId is null)
        {
            definition.ClientToken = token;
            definition.Tags = new Dictionary<string, string>(definition.Tags ?? []) { [Tag] = token };
            templateId = (await account.Fis.CreateExperimentTemplateAsync(definition, cancellationToken).ConfigureAwait(false)).ExperimentTemplate.Id;
        }

        var started = await account.Fis.StartExperimentAsync(
            new StartExperimentRequest
            {
                ExperimentTemplateId = templateId,
                ClientToken = token,
                ExperimentOptions = new StartExperimentExperimentOptionsInput { ActionsMode = mode },
                Tags = new Dictionary<string, string> { [Tag] = token },
            },
            cancellationToken).ConfigureAwait(false);
        return started.Experiment;
    }

    public static async Task<Experiment> GetAsync(AwsAccount account, string id, CancellationToken cancellationToken) =>
        (await account.Fis.GetExperimentAsync(new GetExperimentRequest { Id = id }, cancellationToken).ConfigureAwait(false)).Experiment;

    public static async Task<Experiment> EndedAsync(AwsAccount account, string id, CancellationToken cancellationToken)
    {
        while (true)
        {
            var experiment = await GetAsync(account, id, cancellationToken).ConfigureAwait(false);
            if (HasEnded(experiment.State.Status))
            {
                return experiment;
            }

            await Task.Delay(account.PollInterval, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Everything that an experiment's targets stood for.</summary>
    public static async Task<IReadOnlyList<ResolvedTarget>> ResolvedAsync(AwsAccount account, string id, CancellationToken cancellationToken)
    {
        var resolved = new List<ResolvedTarget>();
        string? next = null;
        do
        {
            var page = await account.Fis.ListExperimentResolvedTargetsAsync(new ListExperimentResolvedTargetsRequest { ExperimentId = id, NextToken = next }, cancellationToken).ConfigureAwait(false);
            resolved.AddRange(page.ResolvedTargets ?? []);
            next = page.NextToken;
        }
        while (next is not null);
        return resolved;
    }

    /// <summary>Ends everything that was begun with a token: stops experiments, waits until they have undone what they do, removes templates.</summary>
    public static async Task CleanUpAsync(AwsAccount account, string token, CancellationToken cancellationToken)
    {
        foreach (var id in await ExperimentsAsync(account, token, cancellationToken).ConfigureAwait(false))
        {
            if (!HasEnded((await GetAsync(account, id, cancellationToken).ConfigureAwait(false)).State.Status))
            {
                await StopAsync(account, id, cancellationToken).ConfigureAwait(false);
            }

            await StartStoppedInstancesAsync(account, await EndedAsync(account, id, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }

        foreach (var id in await TemplatesAsync(account, token, cancellationToken).ConfigureAwait(false))
        {
            await account.Fis.DeleteExperimentTemplateAsync(new DeleteExperimentTemplateRequest { Id = id }, cancellationToken).ConfigureAwait(false);
        }
    }

    public static async Task StopAsync(AwsAccount account, string id, CancellationToken cancellationToken)
    {
        try
        {
            await account.Fis.StopExperimentAsync(new StopExperimentRequest { Id = id }, cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonFISException) when (!cancellationToken.IsCancellationRequested)
        {
            // It ended in between; whether it has is looked at next.
        }
    }

    // FIS leaves instances stopped that were to be stopped without a time, and an action that failed half way starts nothing again.
    private static async Task StartStoppedInstancesAsync(AwsAccount account, Experiment experiment, CancellationToken cancellationToken)
    {
        var targets = (experiment.Actions ?? []).Values
            .Where(action => action.ActionId == StopInstances && action.StartTime is not null)
            .SelectMany(action => (action.Targets ?? []).Values)
            .ToHashSet(StringComparer.Ordinal);
        if (targets.Count == 0)
        {
            return;
        }

        var resolved = await ResolvedAsync(account, experiment.Id, cancellationToken).ConfigureAwait(false);
        var instances = resolved.Where(target => targets.Contains(target.TargetName)).Select(ResolvedNames.ArnOf).OfType<string>().Select(ResolvedNames.IdOf).ToList();
        await StoppedInstances.StartAsync(account, instances, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<IReadOnlyList<string>> ExperimentsAsync(AwsAccount account, string token, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        string? next = null;
        do
        {
            var page = await account.Fis.ListExperimentsAsync(new ListExperimentsRequest { NextToken = next }, cancellationToken).ConfigureAwait(false);
            found.AddRange((page.Experiments ?? []).Where(experiment => experiment.Tags?.GetValueOrDefault(Tag) == token).Select(experiment => experiment.Id));
            next = page.NextToken;
        }
        while (next is not null);
        return found;
    }

    private static async Task<IReadOnlyList<string>> TemplatesAsync(AwsAccount account, string token, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        string? next = null;
        do
        {
            var page = await account.Fis.ListExperimentTemplatesAsync(new ListExperimentTemplatesRequest { NextToken = next }, cancellationToken).ConfigureAwait(false);
            found.AddRange((page.ExperimentTemplates ?? []).Where(template => template.Tags?.GetValueOrDefault(Tag) == token).Select(template => template.Id));
            next = page.NextToken;
        }
        while (next is not null);
        return found;
    }
}
