using Amazon.FIS.Model;

namespace ChaosHarness.LocalCloud.Contract.Resources;

/// <summary>Templates of FIS that cases make: they wait, and hurt nobody. Removed at the end.</summary>
internal static class MadeTemplates
{
    public static CreateExperimentTemplateRequest Request(ContractAccount account, string token) => new()
    {
        ClientToken = token,
        Description = "waits, for the contract",
        RoleArn = account.RoleArn,
        StopConditions = [new CreateExperimentTemplateStopConditionInput { Source = "none" }],
        Targets = [],
        Actions = new() { ["wait"] = new CreateExperimentTemplateActionInput { ActionId = "aws:fis:wait", Parameters = new() { ["duration"] = "PT1M" } } },
        Tags = new() { [ContractAccount.Tag] = account.Prefix },
    };

    public static async Task<ExperimentTemplate> MakeAsync(ContractAccount account, CreateExperimentTemplateRequest request)
    {
        var made = (await account.Fis.CreateExperimentTemplateAsync(request)).ExperimentTemplate;
        account.OnEnd(async () =>
        {
            try
            {
                await account.Fis.DeleteExperimentTemplateAsync(new DeleteExperimentTemplateRequest { Id = made.Id });
            }
            catch (ResourceNotFoundException)
            {
                // Made once, and removed once.
            }
        });
        return made;
    }
}
