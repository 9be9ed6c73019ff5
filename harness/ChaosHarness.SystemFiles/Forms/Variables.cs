using System.Text.RegularExpressions;
using ChaosHarness.SystemFiles.Yaml;

namespace ChaosHarness.SystemFiles.Forms;

/// <summary>Variables of the environment in addresses and connection strings: where secrets come from, which do not belong in a file.</summary>
internal static partial class Variables
{
    /// <summary>Puts the values of variables in their places.</summary>
    /// <returns>False when one is not set, which becomes a mistake.</returns>
    public static bool TryFill(Place at, Reading reading, ref string text)
    {
        var missing = Name().Matches(text).Select(match => match.Groups[1].Value).Where(name => reading.Variable(name) is null).Distinct().ToList();
        foreach (var name in missing)
        {
            reading.Mistakes.Add(at, $"the environment has no variable {name}; set it, such as with export {name}=...");
        }

        text = missing.Count > 0 ? text : Name().Replace(text, match => reading.Variable(match.Groups[1].Value)!);
        return missing.Count == 0;
    }

    [GeneratedRegex(@"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")]
    private static partial Regex Name();
}
