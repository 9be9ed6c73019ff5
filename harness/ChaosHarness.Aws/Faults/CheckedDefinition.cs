using Amazon.FIS.Model;

namespace ChaosHarness.Aws.Faults;

/// <summary>The definition that was last found right and rehearsed, and the account in which it was.</summary>
internal sealed class CheckedDefinition
{
    private volatile Tuple<CreateExperimentTemplateRequest, string>? _value;

    public (CreateExperimentTemplateRequest Definition, string AccountId)? Value => _value is { } value ? (value.Item1, value.Item2) : null;

    public void Set(CreateExperimentTemplateRequest definition, string accountId) => _value = Tuple.Create(definition, accountId);
}
