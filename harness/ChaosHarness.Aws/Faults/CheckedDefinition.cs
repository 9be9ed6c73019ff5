using Amazon.FIS.Model;

namespace ChaosHarness.Aws.Faults;

/// <summary>A definition that was found right and rehearsed.</summary>
/// <param name="Definition">The definition.</param>
/// <param name="AccountId">The account in which it was.</param>
/// <param name="Pools">What its targets stood for.</param>
internal sealed record CheckedDefinition(CreateExperimentTemplateRequest Definition, string AccountId, IReadOnlyList<TargetPool> Pools);
