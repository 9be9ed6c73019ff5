using Amazon.FIS.Model;
using ChaosHarness.Aws.Accounts;
using ChaosHarness.Aws.Templates;
using ChaosHarness.Aws.Wire;

namespace ChaosHarness.Aws.Faults;

/// <summary>Where an experiment comes from: a template of ours, or one that is in the account.</summary>
internal sealed class FisSource
{
    private readonly FisTemplate? _template;

    public FisSource(FisTemplate template) => _template = template;

    public FisSource(string templateId) => TemplateId = templateId;

    /// <summary>The template in the account; null when it is made for each run.</summary>
    public string? TemplateId { get; }

    public string Description => _template?.Description ?? $"FIS experiment {TemplateId}";

    /// <summary>What it is called in refusals.</summary>
    public string Name => TemplateId is null ? "the template" : $"the template {TemplateId}";

    /// <summary>What would be made anew, whichever it is.</summary>
    public async Task<CreateExperimentTemplateRequest> DefinitionAsync(AwsAccount account, CancellationToken cancellationToken)
    {
        if (_template is not null)
        {
            return _template.ToRequest();
        }

        var found = await account.Fis.GetExperimentTemplateAsync(new GetExperimentTemplateRequest { Id = TemplateId }, cancellationToken).ConfigureAwait(false);
        return WireJson.Reshape<CreateExperimentTemplateRequest>(found.ExperimentTemplate);
    }
}
