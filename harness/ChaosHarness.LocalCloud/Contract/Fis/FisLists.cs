using System.Net;
using Amazon.FIS.Model;
using ChaosHarness.LocalCloud.Contract.Resources;

namespace ChaosHarness.LocalCloud.Contract.Fis;

/// <summary>What FIS lists: actions, types, experiments, tags, the lever.</summary>
internal static class FisLists
{
    private const string Actions = "https://docs.aws.amazon.com/fis/latest/APIReference/API_ListActions.html";

    private static readonly string[] OfDrills = ["aws:fis:wait", "aws:ec2:stop-instances", "aws:rds:reboot-db-instances"];

    public static IEnumerable<ContractCase> Cases =>
    [
        new("fis-23", "Pages of actions together have each action once", Actions, ContractCost.Nothing, async account =>
        {
            var seen = new List<string>();
            string? next = null;
            do
            {
                var page = await account.Fis.ListActionsAsync(new ListActionsRequest { MaxResults = 5, NextToken = next });
                seen.AddRange(page.Actions.Select(action => action.Id));
                next = page.NextToken;
            }
            while (next is not null);
            Claim.Same("all pages", seen.Distinct().Count(), seen.Count);
            Claim.That("those of the drills are among them", OfDrills.All(seen.Contains));
        }),
        new("fis-31", "Pages of templates together have each template once", "https://docs.aws.amazon.com/fis/latest/APIReference/API_ListExperimentTemplates.html", ContractCost.Nothing, async account =>
        {
            var made = new[]
            {
                (await MadeTemplates.MakeAsync(account, MadeTemplates.Request(account, account.Name("listed-1")))).Id,
                (await MadeTemplates.MakeAsync(account, MadeTemplates.Request(account, account.Name("listed-2")))).Id,
            };
            var seen = new List<string>();
            string? next = null;
            do
            {
                var page = await account.Fis.ListExperimentTemplatesAsync(new ListExperimentTemplatesRequest { MaxResults = 1, NextToken = next });
                seen.AddRange(page.ExperimentTemplates.Select(template => template.Id));
                next = page.NextToken;
            }
            while (next is not null);
            Claim.SameSet("those made before", made, seen.Where(made.Contains));
        }),
        new("fis-24", "A page of more than a hundred is refused: `ValidationException`, 400", Actions, ContractCost.Nothing, account =>
            Claim.RefusedAsync("ValidationException", () => account.Fis.ListActionsAsync(new ListActionsRequest { MaxResults = 101 }))),
        new("fis-25", "A token that was never given is refused: `ValidationException`, 400", Actions, ContractCost.Nothing, account =>
            Claim.RefusedAsync("ValidationException", () => account.Fis.ListActionsAsync(new ListActionsRequest { NextToken = "nonsense" }))),
        new("fis-26", "An action says what it is done to, and which parameters it needs", "https://docs.aws.amazon.com/fis/latest/APIReference/API_GetAction.html", ContractCost.Nothing, async account =>
        {
            Claim.Same("the target", "aws:ec2:instance", (await ActionAsync(account, "aws:ec2:stop-instances")).Targets["Instances"].ResourceType);
            Claim.Same("the duration of waiting", (bool?)true, (await ActionAsync(account, "aws:fis:wait")).Parameters["duration"].Required);
        }),
        new("fis-27", "An action that is not there is an error: `ResourceNotFoundException`, 404", "https://docs.aws.amazon.com/fis/latest/APIReference/API_GetAction.html", ContractCost.Nothing, account =>
            Claim.RefusedAsync("ResourceNotFoundException", () => ActionAsync(account, "aws:fis:hope"), HttpStatusCode.NotFound)),
        new("fis-28", "Experiments are found by their template", "https://docs.aws.amazon.com/fis/latest/APIReference/API_ListExperiments.html", ContractCost.Experiment, async account =>
        {
            var template = (await MadeTemplates.MakeAsync(account, MadeTemplates.Request(account, account.Name("found")))).Id;
            var id = (await account.Fis.StartExperimentAsync(new StartExperimentRequest { ExperimentTemplateId = template, ClientToken = account.Name("found") })).Experiment.Id;
            Claim.SameSet("what is found", [id], (await account.Fis.ListExperimentsAsync(new ListExperimentsRequest { ExperimentTemplateId = template })).Experiments.Select(experiment => experiment.Id));
        }),
        new("fis-29", "A template is tagged, and a tag taken away again", "https://docs.aws.amazon.com/fis/latest/APIReference/API_TagResource.html", ContractCost.Nothing, async account =>
        {
            var arn = (await MadeTemplates.MakeAsync(account, MadeTemplates.Request(account, account.Name("tags")))).Arn;
            await account.Fis.TagResourceAsync(new TagResourceRequest { ResourceArn = arn, Tags = new() { ["a"] = "b" } });
            await account.Fis.UntagResourceAsync(new UntagResourceRequest { ResourceArn = arn, TagKeys = [ContractAccount.Tag] });
            Claim.SameSet("the tags", ["a"], (await account.Fis.ListTagsForResourceAsync(new ListTagsForResourceRequest { ResourceArn = arn })).Tags.Keys);
        }),
        new("fis-30", "The safety lever of the account is there, and says whether it is engaged", "https://docs.aws.amazon.com/fis/latest/userguide/safety-lever.html", ContractCost.Nothing, async account =>
        {
            var id = account.IsAws ? (await account.Sts.GetCallerIdentityAsync(new Amazon.SecurityToken.Model.GetCallerIdentityRequest())).Account : "default";
            var state = (await account.Fis.GetSafetyLeverAsync(new GetSafetyLeverRequest { Id = id })).SafetyLever.State.Status.Value;
            Claim.That("its state", state is "engaged" or "disengaged" or "engaging", state);
        }),
    ];

    private static async Task<Amazon.FIS.Model.Action> ActionAsync(ContractAccount account, string id) => (await account.Fis.GetActionAsync(new GetActionRequest { Id = id })).Action;
}
