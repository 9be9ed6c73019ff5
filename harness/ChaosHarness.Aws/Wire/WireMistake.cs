namespace ChaosHarness.Aws.Wire;

/// <summary>A value that the service's model does not allow.</summary>
/// <param name="Value">The value, or what it is.</param>
/// <param name="Path">The member that has it.</param>
/// <param name="Constraint">What the model says, in the words that AWS uses.</param>
internal sealed record WireMistake(string Value, WirePath Path, string Constraint)
{
    public override string ToString() => $"Value '{Value}' at '{Path.Said}' failed to satisfy constraint: {Constraint}";
}
