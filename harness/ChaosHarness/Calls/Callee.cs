namespace ChaosHarness.Calls;

/// <summary>Whose code is called, for messages.</summary>
/// <param name="Who">Such as a fault's name.</param>
/// <param name="What">What it is asked to do, such as <c>apply</c>.</param>
internal sealed record Callee(string Who, string What)
{
    /// <summary>Such as <c>'freeze db-a': apply</c>.</summary>
    public override string ToString() => $"'{Who}': {What}";
}
