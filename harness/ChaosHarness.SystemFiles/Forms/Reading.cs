using ChaosHarness.SystemFiles.Yaml;

namespace ChaosHarness.SystemFiles.Forms;

/// <summary>What the reading of a file goes by, and what it found wrong.</summary>
/// <param name="Folder">The folder that paths in it are meant from.</param>
/// <param name="Variable">A variable of the environment; null where it is not set.</param>
internal sealed record Reading(string Folder, Func<string, string?> Variable)
{
    public Mistakes Mistakes { get; } = new();
}
