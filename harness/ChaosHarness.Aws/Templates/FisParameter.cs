namespace ChaosHarness.Aws.Templates;

/// <summary>A parameter of an action.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Required">Whether an action has to give it.</param>
/// <param name="Kind">What its value has to be.</param>
internal sealed record FisParameter(string Name, bool Required, FisParameterKind Kind = FisParameterKind.Text);
