namespace ChaosHarness.Aws.Templates;

/// <summary>A kind of action that AWS FIS can do.</summary>
/// <param name="Id">Such as <c>aws:ec2:stop-instances</c>.</param>
/// <param name="Description">What it does.</param>
/// <param name="Target">What its target is called there and of which type it is; null when it has none.</param>
/// <param name="Parameters">Its parameters.</param>
internal sealed record FisActionType(string Id, string Description, (string Name, string ResourceType)? Target, params IReadOnlyList<FisParameter> Parameters);
