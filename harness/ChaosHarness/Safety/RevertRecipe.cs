namespace ChaosHarness.Safety;

/// <summary>How a fault is undone, as plain data: enough for another process to do it after this one was killed.</summary>
/// <param name="Kind">Which reverter understands it, such as <c>process.resume</c>.</param>
/// <param name="Parameters">What it needs to know. Never a secret: recipes are written to disk.</param>
/// <param name="Instructions">What a person does when it cannot be undone automatically.</param>
public sealed record RevertRecipe(string Kind, IReadOnlyDictionary<string, string> Parameters, string Instructions)
{
    /// <summary>The kind for faults on something that the run itself started and that ends with it: nothing is left to undo.</summary>
    public const string OwnedByRun = "run.owned";

    /// <summary>The kind for faults that only the process which injected them can undo.</summary>
    public const string InProcess = "in-process";
}
