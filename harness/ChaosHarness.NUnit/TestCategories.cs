using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace ChaosHarness.NUnit;

/// <summary>The categories of a test: its own, and those of all that it is part of.</summary>
internal static class TestCategories
{
    public static IReadOnlyList<string> Of(ITest test)
    {
        var categories = new List<string>();
        for (var level = test; level is not null; level = level.Parent)
        {
            categories.AddRange(level.Properties[PropertyNames.Category].Cast<object>().Select(category => category.ToString() ?? ""));
        }

        return [.. categories.Where(category => category.Length > 0).Distinct(StringComparer.Ordinal)];
    }
}
