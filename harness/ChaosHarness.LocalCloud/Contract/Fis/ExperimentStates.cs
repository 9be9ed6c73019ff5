using System.Net;
using Amazon.FIS;
using Amazon.FIS.Model;
using ChaosHarness.LocalCloud.Contract.Resources;

namespace ChaosHarness.LocalCloud.Contract.Fis;

/// <summary>Experiments, from pending to their end.</summary>
internal static class ExperimentStates
{
    private const string Life = "https://docs.aws.amazon.com/fis/latest/userguide/experiments.html";
    private const string Start = "https://docs.aws.amazon.com/fis/latest/APIReference/API_StartExperiment.html";
    private const string Skip = "https://docs.aws.amazon.com/fis/latest/userguide/experiment-options.html";

    public static IEnumerable<ContractCase> Cases =>
    [
        new("fis-13", "An experiment is pending or initiating, running, and then completed, as are its actions, with times", Life, ContractCost.Experiment, async account =>
        {
            var started = await StartAsync(account, "completes");
            Claim.That("the first state", started.State.Status.Value is "pending" or "initiating" or "running", started.State.Status.Value);
            await IsAsync(account, started.Id, "completed");
            var ended = await OneAsync(account, started.Id);
            Claim.Same("the action", "completed", ended.Actions["wait"].State.Status.Value);
            Claim.That("there are times", ended.StartTime <= ended.EndTime && ended.Actions["wait"].StartTime <= ended.Actions["wait"].EndTime);
        }),
        new("fis-14", "An experiment that is stopped is stopping, and then stopped, and so is the action that ran", "https://docs.aws.amazon.com/fis/latest/APIReference/API_StopExperiment.html", ContractCost.Experiment, async account =>
        {
            var started = await StartAsync(account, "stopped", request => request.Actions["wait"].Parameters["duration"] = "PT2H");
            await IsAsync(account, started.Id, "running");
            await account.UntilAsync("its action runs", async () => (await OneAsync(account, started.Id)).Actions["wait"].State.Status.Value == "running");
            await account.Fis.StopExperimentAsync(new StopExperimentRequest { Id = started.Id });
            await IsAsync(account, started.Id, "stopped");
            Claim.Same("the action", "stopped", (await OneAsync(account, started.Id)).Actions["wait"].State.Status.Value);
        }),
        new("fis-15", "An action that starts after one which was stopped is cancelled", Life, ContractCost.Experiment, async account =>
        {
            var started = await StartAsync(account, "cancelled", request =>
            {
                request.Actions["wait"].Parameters["duration"] = "PT2H";
                request.Actions["later"] = new CreateExperimentTemplateActionInput { ActionId = "aws:fis:wait", Parameters = new() { ["duration"] = "PT1M" }, StartAfter = ["wait"] };
            });
            await IsAsync(account, started.Id, "running");
            await account.Fis.StopExperimentAsync(new StopExperimentRequest { Id = started.Id });
            await IsAsync(account, started.Id, "stopped");
            Claim.Same("the action", "cancelled", (await OneAsync(account, started.Id)).Actions["later"].State.Status.Value);
        }),
        new("fis-16", "An experiment that is started again with its token is started once", Start, ContractCost.Experiment, async account =>
        {
            var template = (await MadeTemplates.MakeAsync(account, MadeTemplates.Request(account, account.Name("start-once")))).Id;
            var request = new StartExperimentRequest { ExperimentTemplateId = template, ClientToken = account.Name("start-once"), Tags = new() { [ContractAccount.Tag] = account.Prefix } };
            Claim.Same("the experiment", (await account.Fis.StartExperimentAsync(request)).Experiment.Id, (await account.Fis.StartExperimentAsync(request)).Experiment.Id);
        }),
        new("fis-17", "With `skip-all` no action is done, and the experiment completes", Skip, ContractCost.Experiment, async account =>
        {
            var template = (await MadeTemplates.MakeAsync(account, MadeTemplates.Request(account, account.Name("skips")))).Id;
            var started = (await account.Fis.StartExperimentAsync(new StartExperimentRequest { ExperimentTemplateId = template, ClientToken = account.Name("skips"), ExperimentOptions = new StartExperimentExperimentOptionsInput { ActionsMode = ActionsMode.SkipAll } })).Experiment;
            await IsAsync(account, started.Id, "completed");
            Claim.Same("the action", "skipped", (await OneAsync(account, started.Id)).Actions["wait"].State.Status.Value);
        }),
        new("fis-18", "A target that stands for nothing makes an experiment fail", "https://docs.aws.amazon.com/fis/latest/userguide/targets.html", ContractCost.Experiment, async account =>
        {
            var started = await StartAsync(account, "empty", request => WithTarget(account, request));
            await IsAsync(account, started.Id, "failed");
        }),
        new("fis-19", "A target that stands for nothing is passed over where that is asked for: its action is skipped", Skip, ContractCost.Experiment, async account =>
        {
            var started = await StartAsync(account, "empty-skip", request =>
            {
                WithTarget(account, request);
                request.ExperimentOptions = new CreateExperimentTemplateExperimentOptionsInput { EmptyTargetResolutionMode = EmptyTargetResolutionMode.Skip };
            });
            await IsAsync(account, started.Id, "completed");
            Claim.Same("the action", "skipped", (await OneAsync(account, started.Id)).Actions["stop"].State.Status.Value);
        }),
        new("fis-20", "What the targets of an experiment stood for is told", "https://docs.aws.amazon.com/fis/latest/APIReference/API_ListExperimentResolvedTargets.html", ContractCost.Experiment, async account =>
        {
            var two = await account.SharedAsync(TwoInstances.MakeAsync);
            var template = (await MadeTemplates.MakeAsync(account, Looking(account))).Id;
            var started = (await account.Fis.StartExperimentAsync(new StartExperimentRequest { ExperimentTemplateId = template, ClientToken = account.Name("resolves"), ExperimentOptions = new StartExperimentExperimentOptionsInput { ActionsMode = ActionsMode.SkipAll } })).Experiment;
            await IsAsync(account, started.Id, "completed");
            var resolved = (await account.Fis.ListExperimentResolvedTargetsAsync(new ListExperimentResolvedTargetsRequest { ExperimentId = started.Id })).ResolvedTargets;
            Claim.SameSet("the targets", [two.First.InstanceId, two.Second.InstanceId], resolved.Select(target => target.TargetInformation["arn"][(target.TargetInformation["arn"].LastIndexOf('/') + 1)..]));
        }),
        new("fis-21", "An experiment that is not there is an error: `ResourceNotFoundException`, 404", "https://docs.aws.amazon.com/fis/latest/APIReference/API_GetExperiment.html", ContractCost.Nothing, account =>
            Claim.RefusedAsync("ResourceNotFoundException", () => OneAsync(account, "EXPnobody0000000000"), HttpStatusCode.NotFound)),
        new("fis-22", "An experiment of a template that is not there cannot be started: `ResourceNotFoundException`, 404", Start, ContractCost.Nothing, account =>
            Claim.RefusedAsync("ResourceNotFoundException", () => account.Fis.StartExperimentAsync(new StartExperimentRequest { ExperimentTemplateId = "EXTnobody0000000000", ClientToken = account.Name("nobody") }), HttpStatusCode.NotFound)),
    ];

    private static CreateExperimentTemplateRequest Looking(ContractAccount account)
    {
        var request = MadeTemplates.Request(account, account.Name("resolves"));
        WithTarget(account, request);
        request.Targets["none"].ResourceTags = new() { ["look"] = account.Prefix };
        return request;
    }

    private static void WithTarget(ContractAccount account, CreateExperimentTemplateRequest request)
    {
        request.Targets["none"] = new CreateExperimentTemplateTargetInput { ResourceType = "aws:ec2:instance", ResourceTags = new() { ["nobody-has-this"] = account.Prefix }, SelectionMode = "ALL" };
        request.Actions["stop"] = new CreateExperimentTemplateActionInput { ActionId = "aws:ec2:stop-instances", Parameters = new() { ["startInstancesAfterDuration"] = "PT2M" }, Targets = new() { ["Instances"] = "none" } };
    }

    private static async Task<Experiment> StartAsync(ContractAccount account, string name, Action<CreateExperimentTemplateRequest>? change = null)
    {
        var request = MadeTemplates.Request(account, account.Name(name));
        change?.Invoke(request);
        var template = (await MadeTemplates.MakeAsync(account, request)).Id;
        return (await account.Fis.StartExperimentAsync(new StartExperimentRequest { ExperimentTemplateId = template, ClientToken = account.Name(name), Tags = new() { [ContractAccount.Tag] = account.Prefix } })).Experiment;
    }

    private static Task IsAsync(ContractAccount account, string id, string status) => account.UntilAsync($"the experiment is {status}", async () => (await OneAsync(account, id)).State.Status.Value == status);

    private static async Task<Experiment> OneAsync(ContractAccount account, string id) => (await account.Fis.GetExperimentAsync(new GetExperimentRequest { Id = id })).Experiment;
}
