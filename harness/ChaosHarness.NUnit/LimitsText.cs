using System.Globalization;
using System.Reflection;
using ChaosHarness.Calls;
using ChaosHarness.Timing;

namespace ChaosHarness.NUnit;

/// <summary>Limits of calls as a profile writes them, such as <c>Revert=2m, StopCondition=10s</c>: those that it names are changed.</summary>
internal static class LimitsText
{
    private static readonly IReadOnlyDictionary<string, PropertyInfo> Known =
        typeof(CallLimits).GetProperties().Where(property => property.CanWrite).ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>What a text has to look like.</summary>
    public static string Expected { get; } = $"limits such as Revert=2m,StopCondition=10s, each above zero and up to a day, of: {string.Join(", ", Known.Keys)}";

    /// <summary>Reads limits; null when one has another name, or a value that is no limit.</summary>
    public static CallLimits? TryRead(string text)
    {
        var limits = new CallLimits();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Split('=', 2, StringSplitOptions.TrimEntries) is not [var name, var value] || !Known.TryGetValue(name, out var property) || ValueOf(property, value) is not { } limit)
            {
                return null;
            }

            try
            {
                property.SetValue(limits, limit);
            }
            catch (TargetInvocationException exception) when (exception.InnerException is ArgumentOutOfRangeException)
            {
                return null;
            }
        }

        return limits;
    }

    private static object? ValueOf(PropertyInfo property, string text) => property.PropertyType == typeof(TimeSpan)
        ? DurationText.TryParse(text, out var duration) ? duration : null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;
}
