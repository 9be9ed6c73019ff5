using System.Text.Json.Nodes;
using ChaosHarness.SystemFiles.Schemas;

namespace ChaosHarness.SystemFiles.Forms;

/// <summary>What a value of a file may look like: read from it, and told to editors, by the same object.</summary>
internal abstract class Form
{
    /// <summary>The same as JSON schema.</summary>
    /// <param name="schema">Takes what is used in several places.</param>
    public abstract JsonObject Schema(SchemaWriter schema);
}
