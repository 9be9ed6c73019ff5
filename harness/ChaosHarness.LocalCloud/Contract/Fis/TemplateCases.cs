using System.Net;
using Amazon.FIS.Model;
using ChaosHarness.LocalCloud.Contract.Resources;

namespace ChaosHarness.LocalCloud.Contract.Fis;

/// <summary>Templates: made once, changed, refused.</summary>
internal static class TemplateCases
{
    private const string Create = "https://docs.aws.amazon.com/fis/latest/APIReference/API_CreateExperimentTemplate.html";

    public static IEnumerable<ContractCase> Cases =>
    [
        new("fis-01", "A template that is asked for again with its token is made once", Create, ContractCost.Nothing, async account =>
        {
            var request = MadeTemplates.Request(account, account.Name("once"));
            Claim.Same("the template", (await MadeTemplates.MakeAsync(account, request)).Id, (await MadeTemplates.MakeAsync(account, request)).Id);
        }),
        new("fis-02", "A token that comes again with another template is refused: `ConflictException`, 409", Create, ContractCost.Nothing, async account =>
        {
            var request = MadeTemplates.Request(account, account.Name("twice"));
            await MadeTemplates.MakeAsync(account, request);
            request.Description = "another";
            await Claim.RefusedAsync("ConflictException", () => MadeTemplates.MakeAsync(account, request), HttpStatusCode.Conflict);
        }),
        Refused("fis-03", "A template has a stop condition, or says that it has none", request => request.StopConditions = null),
        Refused("fis-04", "A template has a role", request => request.RoleArn = null),
        Refused("fis-05", "A template has an action", request => request.Actions = []),
        Refused("fis-06", "An action that FIS does not have is refused", request => request.Actions["wait"].ActionId = "aws:fis:hope"),
        Refused("fis-07", "An action does not start after one that is not there", request => request.Actions["wait"].StartAfter = ["nobody"]),
        Refused("fis-08", "An action does not start after itself", request => request.Actions["wait"].StartAfter = ["wait"]),
        Refused("fis-09", "An action has the parameters that it needs", request => request.Actions["wait"].Parameters = null),
        Refused("fis-10", "A duration is one", request => request.Actions["wait"].Parameters = new() { ["duration"] = "a while" }),
        new("fis-11", "A template that was deleted is not there: `ResourceNotFoundException`, 404", "https://docs.aws.amazon.com/fis/latest/APIReference/API_DeleteExperimentTemplate.html", ContractCost.Nothing, async account =>
        {
            var id = (await account.Fis.CreateExperimentTemplateAsync(MadeTemplates.Request(account, account.Name("gone")))).ExperimentTemplate.Id;
            await account.Fis.DeleteExperimentTemplateAsync(new DeleteExperimentTemplateRequest { Id = id });
            await Claim.RefusedAsync("ResourceNotFoundException", () => account.Fis.GetExperimentTemplateAsync(new GetExperimentTemplateRequest { Id = id }), HttpStatusCode.NotFound);
        }),
        new("fis-12", "A template that is changed keeps what was not said", "https://docs.aws.amazon.com/fis/latest/APIReference/API_UpdateExperimentTemplate.html", ContractCost.Nothing, async account =>
        {
            var made = await MadeTemplates.MakeAsync(account, MadeTemplates.Request(account, account.Name("changed")));
            await account.Fis.UpdateExperimentTemplateAsync(new UpdateExperimentTemplateRequest { Id = made.Id, Description = "changed" });
            var changed = (await account.Fis.GetExperimentTemplateAsync(new GetExperimentTemplateRequest { Id = made.Id })).ExperimentTemplate;
            Claim.Same("description and actions", ("changed", "wait"), (changed.Description, string.Join(' ', changed.Actions.Keys)));
        }),
    ];

    private static ContractCase Refused(string id, string behaviour, Action<CreateExperimentTemplateRequest> change) => new(id, $"{behaviour}: `ValidationException`, 400", Create, ContractCost.Nothing, account =>
    {
        var request = MadeTemplates.Request(account, account.Name(id));
        change(request);
        return Claim.RefusedAsync("ValidationException", () => MadeTemplates.MakeAsync(account, request));
    });
}
